// Partners' registries: what a file would do, and the import of it, some orders at a time. Inside the caller's
// transaction.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "central/app/audit/audit.hpp"
#include "central/app/dispatch/retell.hpp"
#include "central/app/registries/order_plan.hpp"
#include "central/store/registry_import_store.hpp"

namespace plus7::central::app::registries {

struct Whose {
    std::string sender, site;
    std::optional<std::string> outer_number;
};

// The registry that a file belongs to, by the partner's number, else by the file itself; nothing: a new one.
// not_found: no such depot, or a point; conflict: the depot is closed, or the registry is.
core::Result<std::optional<store::RegistryRow>> registry_for(core::Tx& tx, const Whose& whose, const core::Hash& file);

// What the file would do, line by line; nothing is changed.
struct LineReport {
    std::size_t line = 0;  // place in the file's list
    Outcome outcome = Outcome::created;
    std::vector<Fault> faults;
};
std::vector<LineReport> preview(core::Tx& tx, const std::string& sender, const RegistryFile& file);

// A file that is being read: who, for which registry. Shared by the steps of the import.
struct Import {
    std::string registry, number, sender;
    std::string run;
    custody::Acting who;
    audit::Actor actor;
    std::shared_ptr<const RegistryFile> file;
};
// Makes the registry, or goes on with it. Errors of registry_for(); conflict: another file of it is being read.
core::Result<Import> begin(core::Tx& tx, const custody::Acting& who, const audit::Actor& actor, const Whose& whose,
                           std::shared_ptr<const RegistryFile> file);

// Orders [from, to) of the file. expired: somebody else has taken the import over; conflict: an order was made
// elsewhere in the same moment, try again. Gives the handhelds to be told.
struct Step {
    std::size_t from = 0, to = 0;
    std::vector<orders::Prepared> prepared;  // as many as count_new() said
};
std::size_t step_end(const RegistryFile& file, std::size_t from);  // some tens of lines
std::size_t count_new(core::Tx& tx, const std::string& sender, const RegistryFile& file, std::size_t from,
                      std::size_t to);
core::Result<dispatch::Devices> take_step(core::Tx& tx, const Import& import, const Step& step, core::TimeUs now);
// After the last one: the registry is open. Gives the handhelds to be told.
core::Result<dispatch::Devices> finish(core::Tx& tx, const Import& import, core::TimeUs now);

// Not done, and nobody reads any more: the same file has to come again.
bool is_interrupted(const store::ImportRow& row, core::TimeUs now);

}  // namespace plus7::central::app::registries
