#include "central/demo/registry.hpp"

#include <fstream>
#include <iterator>

#include "central/api/import_runs.hpp"
#include "central/app/registries/registries.hpp"
#include "central/store/registry_import_store.hpp"
#include "central/store/site_store.hpp"

namespace plus7::central::demo {
namespace {

namespace registries = app::registries;
using File = std::shared_ptr<const registries::RegistryFile>;

core::Result<std::string> bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file) return core::invalid("demo.registry: " + path.string() + " cannot be read");
    return bytes;
}

std::optional<store::SiteRow> open_depot(core::Tx& tx) {
    for (auto& site : store::sites(tx))
        if (site.is_depot && site.is_open) return std::move(site);
    return std::nullopt;
}

bool is_imported(core::Tx& tx, const registries::Whose& whose, const File& file) {
    const auto known = store::find_registry_by_file(tx, whose.sender, whose.site, file->hash);
    const auto import = known ? store::find_import(tx, known->id) : std::nullopt;
    return import && import->ended;
}

core::Status import_all(sql::Database& db, const registries::Import& import, core::TimeUs now) {
    for (std::size_t from = 0; from != import.file->orders.size();) {
        const auto step = api::next_step(db, import, from);
        if (!step) return step.error();
        const auto taken = db.write([&](core::Tx& tx) { return registries::take_step(tx, import, *step, now); });
        if (!taken) return taken.error();
        from = step->to;
    }
    const auto done = db.write([&](core::Tx& tx) { return registries::finish(tx, import, now); });
    return done ? core::Status{} : core::Status(done.error());
}

}  // namespace

core::Status seed_registry(sql::Database& db, const std::filesystem::path& path, core::TimeUs now) {
    const auto depot = db.read([](core::Tx& tx) { return core::Result(open_depot(tx)); });
    if (!depot) return depot.error();
    if (!*depot) return {};
    const auto bytes = bytes_of(path);
    if (!bytes) return bytes.error();
    auto read = registries::read_file(*bytes, (*depot)->time_zone);
    if (!read.file)
        return core::invalid("demo.registry: " + (read.faults.empty() ? path.string() : read.faults.front().detail));
    const auto file = std::make_shared<const registries::RegistryFile>(std::move(*read.file));
    const registries::Whose whose{"Книжный двор", (*depot)->id, path.stem().string()};
    using Begun = std::optional<registries::Import>;
    const auto begun = db.write([&](core::Tx& tx) -> core::Result<Begun> {
        if (is_imported(tx, whose, file)) return Begun();
        auto import = registries::begin(tx, {std::nullopt, now}, {}, whose, file);
        if (!import) return import.error();
        return Begun(std::move(*import));
    });
    if (!begun) return begun.error();
    return *begun ? import_all(db, **begun, now) : core::Status();
}

}  // namespace plus7::central::demo
