// plus7-central: the server. Subcommands are the table below; what they do is in commands.cpp and central.cpp.
#include <CLI/CLI.hpp>
#include <iostream>

#include "central/central.hpp"
#include "central/commands.hpp"
#include "central/verify_custody.hpp"
#include "shared/runtime/version.hpp"

using namespace plus7;

namespace {

// Exit code 2 and every error at once, or the configuration.
std::optional<central::LoadedConfig> load(const std::string& file) {
    auto loaded = central::load_config(file);
    for (const auto& error : loaded.errors) std::cerr << error.text() << "\n";
    if (!loaded.errors.empty()) return std::nullopt;
    runtime::configure_log({loaded.config.log_level, std::chrono::seconds{10}});
    return loaded;
}

int guarded(const std::function<int()>& command) {
    try {
        return command();
    } catch (const std::exception& error) {
        std::cerr << "plus7-central: " << error.what() << "\n";
        return 1;
    }
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"plus7-central: the server of +7 Доставки"};
    app.set_version_flag("--version", std::string(runtime::version));
    app.require_subcommand(1);
    std::string config_file, file;
    central::VerifyCustody custody;
    int code = 0;
    app.add_option("--config", config_file, "settings (TOML); without it the defaults, data in ./plus7-data");

    const auto command = [&](const char* name, const char* help, auto run) {
        auto* sub = app.add_subcommand(name, help);
        sub->fallthrough();
        sub->callback([&, run] {
            code = guarded([&] {
                const auto loaded = load(config_file);
                return loaded ? run(*loaded) : 2;
            });
        });
        return sub;
    };
    using Loaded = central::LoadedConfig;
    command("run", "start the server", [](const Loaded& l) { return central::run(l.config); });
    command("check-config", "say whether the settings are sound", [](const Loaded&) {
        std::cout << "the settings are sound\n";
        return 0;
    });
    command("print-config", "all settings with their defaults, without secrets", [](const Loaded& l) {
        std::cout << l.printed;
        return 0;
    });
    command("migrate", "bring the database's schema up to date",
            [](const Loaded& l) { return central::migrate_command(l.config); });
    command("verify", "rebuild what is derived from the log and compare; check chains and signatures",
            [](const Loaded& l) { return central::verify_command(l.config); });
    command("backup", "a consistent copy of the SQLite database, while central runs",
            [&](const Loaded& l) { return central::backup_command(l.config, file); })
        ->add_option("file", file, "where to")
        ->required();
    command("restore", "put a backup in place of the database; central must not run",
            [&](const Loaded& l) { return central::restore_command(l.config, file); })
        ->add_option("file", file, "the backup")
        ->required()
        ->check(CLI::ExistingFile);
    command("recipient-link", "the address of the page that shows an order's recipient its state and code",
            [&](const Loaded& l) { return central::recipient_link_command(l.config, file); })
        ->add_option("number", file, "of the order")
        ->required();
    command("import-map", "make the street map from an OpenStreetMap extract (.osm.pbf, .osm.gz)",
            [&](const Loaded& l) { return central::import_map_command(l.config, file); })
        ->add_option("file", file, "the extract")
        ->required();
    auto* custody_check = app.add_subcommand(
        "verify-custody", "say whether a parcel's custody file is whole; needs no settings, database or network");
    custody_check->add_option("file", custody.file, "the .p7custody file")->required();
    custody_check->add_option("--ca", custody.authority, "the company's CA certificate (ca.crt), the one to trust");
    custody_check->add_option("--handheld", custody.handhelds, "the custody file that a handheld gave out itself");
    custody_check->add_option("--blob", custody.blobs, "a photo or signature to compare, as central keeps it");
    custody_check->callback([&] { code = guarded([&] { return central::verify_custody_command(custody); }); });
    CLI11_PARSE(app, argc, argv);
    return code;
}
