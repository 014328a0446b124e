#include <malloc.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "agent/commands.hpp"
#include "agent/texts.hpp"
#include "shared/runtime/version.hpp"

namespace {

using namespace plus7::agent;

constexpr const char* default_config = "/etc/plus7/agent.toml";
constexpr const char* footer =
    "Exit codes: 0 done, 1 refused or not saved, 2 wrong usage or configuration, 3 no agent is running,\n"
    "4 not enrolled, 5 the agent ended before it answered (saved or not), 6 another agent runs here,\n"
    "7 run: start me anew.";

struct Arguments {
    std::string config, data_dir, link, code, out, area;
    bool json = false;
    WorkArguments work;
};

// The settings, or nothing after all that is wrong with them was said.
std::optional<LoadedConfig> settings(const Arguments& given) {
    std::filesystem::path file = given.config;
    if (file.empty() && std::filesystem::exists(default_config)) file = default_config;
    auto loaded = load_config(file);
    for (const auto& warning : loaded.warnings) std::cerr << warning.text() << '\n';
    for (const auto& error : loaded.errors) std::cerr << error.text() << '\n';
    if (!loaded.errors.empty()) return std::nullopt;
    if (!given.data_dir.empty()) loaded.config.data_dir = given.data_dir;
    return loaded;
}

int check_config() {
    std::cout << say(language_of_environment(), "the configuration is fine") << '\n';
    return exit_done;
}

int print_config(const LoadedConfig& loaded) {
    std::cout << loaded.printed;
    return exit_done;
}

template <typename Command>
void add_work_commands(CLI::App& app, Arguments& given, const Command& command) {
    command(app, "page", "the address of the handheld's page, for the kiosk's browser",
            [](const auto& l) { return show_page_address(l.config); });
    command(app, "work", "the courier's list", [](const auto& l) { return show_work(l.config); });
    const auto act = [&](const char* name, const char* help) {
        auto* made = command(app, name, help, [&given, act = std::string(name)](const auto& l) {
            return act_on_parcels(l.config, act, given.work);
        });
        made->add_option("codes", given.work.parcels, "barcodes of the parcels")->required();
        return made;
    };
    act("take", "take parcels over");
    auto* deliver = act("deliver", "hand parcels over to the recipient");
    deliver->add_option("--code", given.work.code, "the recipient's code");
    deliver->add_option("--signature", given.work.signature, "a picture of it (PNG, JPEG)");
    deliver->add_option("--photo", given.work.photo, "a picture (PNG, JPEG)");
    deliver->add_flag("--document", given.work.document, "the recipient's document was looked at");
    auto* fail = act("fail", "parcels could not be handed over");
    fail->add_option("--reason", given.work.reason, "no_answer, not_home, refused, rescheduled, …")->required();
    fail->add_option("--calls", given.work.calls, "how often the recipient was called");
    act("return", "hand parcels back to a depot or point")->add_option("--site", given.work.site, "its id")->required();
    act("undo", "take the last act back");
}

}  // namespace

int main(int argc, char** argv) try {
    ::mallopt(M_ARENA_MAX, 1);  // few threads that rarely allocate at once: one heap instead of one for each
    Arguments given;
    CLI::App app("plus7-agent: a courier's handheld", "plus7-agent");
    app.set_version_flag("--version", std::string(plus7::runtime::version));
    app.add_option("--config", given.config, "settings (default: " + std::string(default_config) + ", if it exists)");
    app.add_option("--data-dir", given.data_dir, "instead of the settings' data_dir");
    app.footer(footer);
    app.fallthrough();
    app.require_subcommand(1);
    std::function<int(const LoadedConfig&)> chosen;
    const auto command = [&](CLI::App& parent, const char* name, const char* help, auto run) {
        auto* made = parent.add_subcommand(name, help);
        made->callback([&chosen, run] { chosen = run; });
        return made;
    };
    command(app, "run", "record and send until SIGTERM", [](const auto& l) { return run_agent(l.config); });
    command(app, "enroll", "make this device known to central",
            [&](const auto& l) { return enroll(l.config, given.link); })
        ->add_option("link", given.link, "plus7:enrol?u=…&t=…&fp=…")
        ->required();
    command(app, "renew", "renew the device certificate now", [](const auto& l) { return renew(l.config); });
    command(app, "fetch-map", "load the streets of an area for the page's map",
            [&](const auto& l) { return fetch_map(l.config, given.area); })
        ->add_option("--area", given.area, "west,south,east,north in 1e-5 degree")
        ->required();
    command(app, "status", "how the running agent is", [&](const auto& l) {
        return show_status(l.config, given.json);
    })->add_flag("--json", given.json, "as JSON");
    command(app, "scan", "record a code", [&](const auto& l) { return scan(l.config, given.code); })
        ->add_option("code", given.code, "the code, or - to read codes from standard input, one per line")
        ->required();
    auto* shifts = app.add_subcommand("shift", "start or end the working time")->require_subcommand(1);
    command(*shifts, "start", "start the shift", [](const auto& l) { return shift(l.config, true); });
    command(*shifts, "end", "end the shift", [](const auto& l) { return shift(l.config, false); });
    auto* breaks = app.add_subcommand("break", "start or end a break of the shift")->require_subcommand(1);
    command(*breaks, "start", "start a break: no place is recorded",
            [](const auto& l) { return take_break(l.config, true); });
    command(*breaks, "end", "go on with the shift", [](const auto& l) { return take_break(l.config, false); });
    add_work_commands(app, given, command);
    command(app, "export", "write all kept facts as a signed custody file",
            [&](const auto& l) { return export_facts(l.config, given.out); })
        ->add_option("--out", given.out, "the file to write")
        ->required();
    command(app, "check-config", "check the settings", [](const auto&) { return check_config(); });
    command(app, "print-config", "show all settings", [](const auto& l) { return print_config(l); });

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& wrong) {
        return app.exit(wrong) == 0 ? exit_done : exit_usage;
    }
    const auto loaded = settings(given);
    return loaded ? chosen(*loaded) : exit_usage;
} catch (const std::exception& broken) {
    std::cerr << "plus7-agent: " << broken.what() << '\n';
    return plus7::agent::exit_refused;
}
