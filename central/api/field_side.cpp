#include "central/api/field_side.hpp"

#include "central/app/access/access.hpp"

namespace plus7::central::api {

namespace audit = app::audit;

void tell_carried(const FieldSide& side, const std::vector<app::devices::Carried>& changes) {
    for (const auto& change : changes) {
        side.changes.changed(change.device);  // first: ingest would tell the hub what it remembers
        side.live.carried_by(change.device, change.courier);
        side.views.changed(change.device);
    }
}

void audit_carried(core::Tx& tx, const audit::Actor& who, const std::vector<app::devices::Carried>& changes,
                   core::TimeUs now) {
    for (const auto& change : changes) {
        const audit::Detail device{"device", change.device.text()};
        const auto record = [&](std::string action, const std::string& courier) {
            audit::record(tx, {who, std::move(action), audit::Subject{audit::SubjectKind::courier, courier}, {device}},
                          now);
        };
        if (change.before) record("courier.unbound", *change.before);
        if (change.courier) record("courier.bound", *change.courier);
        app::access::retell(tx, change.device, now);
    }
}

}  // namespace plus7::central::api
