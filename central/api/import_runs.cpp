#include "central/api/import_runs.hpp"

#include "shared/runtime/log.hpp"

namespace plus7::central::api {
namespace {

namespace registries = app::registries;
namespace orders = app::orders;

constexpr int most_tries = 3;

void log_stop(const registries::Import& import, const core::Error& error) {
    runtime::log_error("a partner's file was not read to its end",
                       {{"registry", import.number}, {"reason", error.message}});
}

}  // namespace

core::Result<registries::Step> next_step(sql::Database& db, const registries::Import& import, std::size_t from) {
    registries::Step step{from, registries::step_end(*import.file, from), {}};
    const auto wanted = db.read(
        [&](core::Tx& tx) { return registries::count_new(tx, import.sender, *import.file, step.from, step.to); });
    if (!wanted) return wanted.error();
    if (*wanted == 0) return step;
    const auto count = static_cast<std::int64_t>(*wanted);
    const auto first = db.write([&](core::Tx& tx) { return orders::take_numbers(tx, count); });
    if (!first) return first.error();
    for (std::int64_t i = 0; i < count; ++i) step.prepared.push_back(orders::prepare(*first + i));
    return step;
}

void ImportRuns::start(registries::Import import) {
    queue(std::make_shared<const registries::Import>(std::move(import)), 0);
}

void ImportRuns::queue(const Shared& import, std::size_t from, int tries) {
    if (const auto queued = workers_.submit([this, import, from, tries] { step(import, from, tries); }); !queued)
        log_stop(*import, queued.error());
}

// A step left nothing behind: what passes by is tried again.
void ImportRuns::fail(const Shared& import, std::size_t from, int tries, const core::Error& error) {
    const bool passes = error.kind == core::ErrorKind::conflict || error.kind == core::ErrorKind::unavailable;
    if (!passes || tries == most_tries) return log_stop(*import, error);
    queue(import, from, tries + 1);
}

void ImportRuns::step(const Shared& import, std::size_t from, int tries) {
    if (from == import->file->orders.size()) {
        const auto done = db_.write([&](core::Tx& tx) { return registries::finish(tx, *import, clock_.now()); });
        if (!done) return fail(import, from, tries, done.error());
        for (const auto& device : *done) views_.changed(device);
        return;
    }
    const auto step = next_step(db_, *import, from);
    if (!step) return fail(import, from, tries, step.error());
    const auto told = db_.write([&](core::Tx& tx) { return registries::take_step(tx, *import, *step, clock_.now()); });
    if (!told) return fail(import, from, tries, told.error());
    for (const auto& device : *told) views_.changed(device);
    queue(import, step->to);
}

}  // namespace plus7::central::api
