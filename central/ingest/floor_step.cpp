#include "central/ingest/floor_step.hpp"

#include "central/app/depot/worker.hpp"
#include "central/store/field_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/fact_data.hpp"

namespace plus7::central::ingest {
namespace {

namespace depot = app::depot;

constexpr std::size_t longest_code = 200;  // as on the console

// As a registry's act names it; a longer one is no parcel's.
std::string shown(const core::Bytes& code) {
    std::string text(core::text_of(code));
    if (text.empty() || !wire::is_wire_text(text)) text = "0x" + core::to_hex(code);
    return text.size() <= longest_code ? text : "";
}

std::optional<model::HandedOver> move_of(core::Tx& tx, const core::EventId& event) {
    const auto act = store::find_act(tx, event);
    if (!act || act->type != model::HandedOver::type) return std::nullopt;
    auto move = wire::decode_data<model::HandedOver>(act->data);
    return move ? std::optional(std::move(*move)) : std::nullopt;
}

}  // namespace

void apply_to_floor(core::Tx& tx, const app::field::FieldEvent& event, core::TimeUs at,
                    const std::optional<std::string>& site, FieldNews& news) {
    const auto* scan = std::get_if<model::Scan>(&event.data);
    const auto* move = std::get_if<model::HandedOver>(&event.data);
    const auto* corrected = std::get_if<model::Corrected>(&event.data);
    if (!site || !event.courier || !((scan && scan->registry) || ((move || corrected) && event.about.parcel))) return;
    const depot::WorkerAct act{event.id, core::to_uuid_text(*event.courier), *site, at, event.received};
    if (move) depot::moved_by_worker(tx, act, core::to_uuid_text(*event.about.parcel), *move);
    if (corrected)
        depot::taken_back_by_worker(tx, act, core::to_uuid_text(*event.about.parcel), corrected->event,
                                    move_of(tx, corrected->event));
    if (!scan) return;
    const auto registry = core::to_uuid_text(*scan->registry);
    if (const auto code = shown(scan->code); !code.empty() && depot::scanned_by_worker(tx, act, registry, code))
        news.registries.insert(registry);
}

}  // namespace plus7::central::ingest
