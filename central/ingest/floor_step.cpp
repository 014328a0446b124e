#include "central/ingest/floor_step.hpp"

#include <algorithm>

#include "central/app/depot/worker.hpp"
#include "central/app/dispatch/floor_view.hpp"
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

void apply_to_floor(core::Tx& tx, const app::field::FieldEvent& event, FieldNews& news) {
    const auto* scan = std::get_if<model::Scan>(&event.data);
    const auto* move = std::get_if<model::HandedOver>(&event.data);
    const auto* corrected = std::get_if<model::Corrected>(&event.data);
    if (!event.courier || !((scan && scan->registry) || ((move || corrected) && event.about.parcel))) return;
    const auto act = depot::worker_act(tx, event.id, core::to_uuid_text(*event.courier), event.received);
    if (!act) return;
    if (move) depot::moved_by_worker(tx, *act, core::to_uuid_text(*event.about.parcel), *move);
    if (corrected)
        depot::taken_back_by_worker(tx, *act, core::to_uuid_text(*event.about.parcel), corrected->event,
                                    move_of(tx, corrected->event));
    if (!scan) return;
    const auto registry = core::to_uuid_text(*scan->registry);
    if (const auto code = shown(scan->code); !code.empty() && depot::scanned_by_worker(tx, *act, registry, code))
        news.registries.insert(registry);
}

void tell_floors(core::Tx& tx, FieldNews& news) {
    for (const auto& device : app::dispatch::retell_floors(tx, news.moved, news.registries))
        if (std::find(news.views.begin(), news.views.end(), device) == news.views.end()) news.views.push_back(device);
}

}  // namespace plus7::central::ingest
