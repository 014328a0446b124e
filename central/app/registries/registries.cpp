#include "central/app/registries/registries.hpp"

#include <algorithm>

#include "central/app/dispatch/floor_view.hpp"
#include "central/app/registries/carry_out.hpp"
#include "central/store/site_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/text/csv.hpp"

namespace plus7::central::app::registries {
namespace {

constexpr std::size_t step_lines = 25;
constexpr std::chrono::seconds alive_for{20};  // a step takes a second; who was only slow is stopped by its run id

core::Status check_site(core::Tx& tx, const std::string& id) {
    const auto site = store::find_site(tx, id);
    if (!site || !site->is_depot) return core::not_found("no such depot");
    if (!site->is_open) return core::conflict("the depot is closed");
    return {};
}

void record(core::Tx& tx, const Import& import, audit::SubjectKind kind, const std::string& id, const char* action,
            std::vector<audit::Detail> detail, core::TimeUs now) {
    audit::record(tx, {import.actor, action, audit::Subject{kind, id}, std::move(detail)}, now);
}

store::RegistryRow make_registry(core::Tx& tx, const custody::Acting& who, const Whose& whose) {
    store::RegistryRow row;
    row.id = core::new_uuid_text(who.now);
    row.number = "R-" + std::to_string(store::next_registry_number(tx));
    row.outer_number = whose.outer_number;
    row.sender = whose.sender;
    row.site = whose.site;
    row.created = who.now;
    row.created_by = who.staff;
    store::insert_registry(tx, row);
    return row;
}

// What one order of the file came to.
struct Came {
    Outcome outcome = Outcome::rejected;
    std::vector<std::pair<std::size_t, Fault>> faults;  // by line; besides those of the file
    std::vector<std::string> parcels;
    dispatch::Devices told;
};

class StepOf {
  public:
    StepOf(core::Tx& tx, const Import& import, const Step& step, core::TimeUs now)
        : tx_(tx), import_(import), step_(step), now_(now) {}

    core::Result<Came> take(const FileOrder& order) {
        Came came;
        if (!order.is_good) return came;
        const auto& file = *import_.file;
        const auto plan = plan_order(tx_, import_.sender, file, order, true);
        came.outcome = plan.outcome;
        came.faults = plan.faults;
        if (plan.outcome == Outcome::rejected) return came;
        const orders::Prepared* prepared = nullptr;
        if (plan.outcome == Outcome::created) {
            if (used_ == step_.prepared.size()) return core::internal("an order of the file was gone for a moment");
            prepared = &step_.prepared[used_++];
        }
        const custody::Acting who{import_.who.staff, now_};
        auto parcels = carry_out(tx_, who, import_.sender, file, order, plan, prepared);
        if (!parcels) return parcels.error();
        came.parcels = std::move(*parcels);
        if (plan.outcome != Outcome::unchanged) came.told = tell(plan, order);
        return came;
    }

  private:
    dispatch::Devices tell(const OrderPlan& plan, const FileOrder& order) {
        const auto made = store::find_order_by_ref(tx_, import_.sender, order.outer_ref);
        const char* action = plan.outcome == Outcome::created ? "order.created" : "order.edited";
        record(tx_, import_, audit::SubjectKind::order, made->id, action,
               {{"number", made->number}, {"registry", import_.number}}, now_);
        return plan.outcome == Outcome::updated ? dispatch::retell_order(tx_, made->id) : dispatch::Devices{};
    }

    core::Tx& tx_;
    const Import& import_;
    const Step& step_;
    core::TimeUs now_;
    std::size_t used_ = 0;
};

void count(store::ImportRow& row, Outcome outcome, std::size_t lines) {
    const auto number = static_cast<std::int64_t>(lines);
    row.done += number;
    if (outcome == Outcome::created) row.created += number;
    if (outcome == Outcome::updated) row.updated += number;
    if (outcome == Outcome::unchanged) row.unchanged += number;
    if (outcome == Outcome::rejected) row.rejected += number;
}

void keep_rejected(core::Tx& tx, const Import& import, const FileOrder& order, const Came& came) {
    for (const auto place : order.lines) {
        const auto& line = import.file->lines[place];
        auto faults = line.faults;
        for (const auto& [where, fault] : came.faults)
            if (where == place) faults.push_back(fault);
        store::insert_rejected(tx, import.registry, {line.line, text::csv_line(line.cells, ';'), std::move(faults)});
    }
}

void add(dispatch::Devices& all, const dispatch::Devices& more) {
    for (const auto& device : more)
        if (std::find(all.begin(), all.end(), device) == all.end()) all.push_back(device);
}

core::Status taken_over() { return core::expired("the file is read by somebody else now"); }

}  // namespace

core::Result<std::optional<store::RegistryRow>> registry_for(core::Tx& tx, const Whose& whose, const core::Hash& file) {
    if (const auto good = check_site(tx, whose.site); !good) return good.error();
    auto known = whose.outer_number ? store::find_registry_of(tx, whose.sender, whose.site, *whose.outer_number)
                                    : store::find_registry_by_file(tx, whose.sender, whose.site, file);
    if (known && known->state == "closed")
        return core::conflict("registry " + known->number + " is closed: give another number of the partner's");
    return known;
}

std::vector<LineReport> preview(core::Tx& tx, const std::string& sender, const RegistryFile& file) {
    std::vector<LineReport> reports(file.lines.size());
    for (const auto& order : file.orders) {
        OrderPlan plan;
        if (order.is_good)
            plan = plan_order(tx, sender, file, order, false);
        else
            plan.outcome = Outcome::rejected;
        for (const auto line : order.lines) reports[line] = {line, plan.outcome, file.lines[line].faults};
        for (auto& [line, fault] : plan.faults) reports[line].faults.push_back(std::move(fault));
    }
    return reports;
}

core::Result<Import> begin(core::Tx& tx, const custody::Acting& who, const audit::Actor& actor, const Whose& whose,
                           std::shared_ptr<const RegistryFile> file) {
    const auto known = registry_for(tx, whose, file->hash);
    if (!known) return known.error();
    if (*known) {
        const auto running = store::lock_import(tx, (*known)->id);
        if (running && !running->ended && !is_interrupted(*running, who.now))
            return core::conflict("a file of registry " + (*known)->number + " is being read: wait until it is done");
    }
    const auto registry = *known ? **known : make_registry(tx, who, whose);
    Import import{registry.id, registry.number, whose.sender,   core::new_uuid_text(who.now),
                  who,         actor,           std::move(file)};
    store::ImportRow row;
    row.registry = import.registry;
    row.run = import.run;
    row.file = import.file->hash;
    row.header = text::csv_line(import.file->header, ';');
    row.lines = static_cast<std::int64_t>(import.file->lines.size());
    row.started = row.alive = who.now;
    store::start_import(tx, row);
    return import;
}

std::size_t step_end(const RegistryFile& file, std::size_t from) {
    std::size_t lines = 0, to = from;
    while (to < file.orders.size() && lines < step_lines) lines += file.orders[to++].lines.size();
    return to;
}

std::size_t count_new(core::Tx& tx, const std::string& sender, const RegistryFile& file, std::size_t from,
                      std::size_t to) {
    std::size_t found = 0;
    for (auto at = from; at < to; ++at)
        if (file.orders[at].is_good && !store::find_order_by_ref(tx, sender, file.orders[at].outer_ref)) ++found;
    return found;
}

core::Result<dispatch::Devices> take_step(core::Tx& tx, const Import& import, const Step& step, core::TimeUs now) {
    auto registry = store::lock_registry(tx, import.registry);
    auto row = store::lock_import(tx, import.registry);
    if (!registry || !row || row->run != import.run) return taken_over().error();
    dispatch::Devices told;
    StepOf taker(tx, import, step, now);
    for (auto at = step.from; at < step.to; ++at) {
        const auto& order = import.file->orders[at];
        const auto came = taker.take(order);
        if (!came) return came.error();
        count(*row, came->outcome, order.lines.size());
        if (came->outcome == Outcome::rejected) keep_rejected(tx, import, order, *came);
        for (const auto& parcel : came->parcels)
            if (store::add_registry_line(tx, import.registry, parcel)) ++registry->total;
        add(told, came->told);
    }
    row->alive = now;
    store::update_import(tx, *row);
    store::update_registry(tx, *registry);
    return told;
}

core::Result<dispatch::Devices> finish(core::Tx& tx, const Import& import, core::TimeUs now) {
    auto registry = store::lock_registry(tx, import.registry);
    auto row = store::lock_import(tx, import.registry);
    if (!registry || !row || row->run != import.run) return taken_over().error();
    row->alive = now;
    row->ended = now;
    store::update_import(tx, *row);
    if (registry->state == "reading") registry->state = "open";
    store::update_registry(tx, *registry);
    const auto text = [](std::int64_t number) { return std::to_string(number); };
    record(tx, import, audit::SubjectKind::registry, import.registry, "registry.imported",
           {{"number", import.number},
            {"lines", text(row->lines)},
            {"created", text(row->created)},
            {"updated", text(row->updated)},
            {"unchanged", text(row->unchanged)},
            {"rejected", text(row->rejected)}},
           now);
    return dispatch::retell_floor(tx, registry->site);
}

bool is_interrupted(const store::ImportRow& row, core::TimeUs now) { return !row.ended && now - row.alive > alive_for; }

}  // namespace plus7::central::app::registries
