#include "central/ingest/cases.hpp"

#include "central/store/case_store.hpp"

namespace plus7::central::ingest {
namespace {

const char* name_of(CaseKind kind) {
    switch (kind) {
        case CaseKind::fork:
            return "fork";
        case CaseKind::clone:
            return "clone";
        case CaseKind::old_image:
            return "old_image";
        case CaseKind::new_epoch:
            return "new_epoch";
        case CaseKind::chain_gap:
            return "chain_gap";
        case CaseKind::fact_gap:
            return "fact_gap";
        case CaseKind::poison:
            return "poison";
        case CaseKind::disputed:
            return "disputed";
        case CaseKind::blob_lost:
            return "blob_lost";
        case CaseKind::track_bad:
            return "track_bad";
        case CaseKind::custody:
            return "custody";
        case CaseKind::unclear:
            return "unclear";
        case CaseKind::blob_bad:
            return "blob_bad";
    }
    return "unknown";
}

}  // namespace

void open_case(core::Tx& tx, CaseKind kind, const std::optional<core::DeviceId>& device, const std::string& about,
               const std::map<std::string, std::string>& detail, core::TimeUs now) {
    store::CaseRow row;
    row.kind = name_of(kind);
    row.subject = device ? device->text() + "|" + about : about;
    row.device = device;
    row.detail = store::to_json(detail);
    row.opened = now;
    store::open_case(tx, row);
}

void settle_case(core::Tx& tx, CaseKind kind, const std::string& about) {
    store::settle_case(tx, name_of(kind), about);
}

}  // namespace plus7::central::ingest
