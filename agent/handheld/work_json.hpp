// The courier's work as JSON, and what is asked to be done with parcels (docs/handheld.md). Pure codec.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "agent/app/parcels.hpp"

namespace plus7::agent::handheld {

// {"tasks": […], "done": […], "sites": […], "reasons": […]}; `self` marks what the courier has on board. Whoever is not
// at work is told of nobody: no recipient's name, phone, address.
std::string work_json(const store::Work& work, const app::Codes& codes, const std::optional<model::Holder>& self,
                      bool at_work);
std::string blob_json(const core::Hash& sha);
std::string qr_json(std::string_view code, std::string_view svg);  // {"code", "svg"}
std::string saved_json(const std::vector<core::EventId>& events);

// Parcels named by id (32 hex digits) or by a barcode; what is asked besides depends on the act.
struct WorkRequest {
    std::vector<std::string> parcels;
    std::string site, reason, order, currency, code;
    model::MoneyWay way = model::MoneyWay::cash;
    std::int64_t minor = 0;
    std::uint8_t calls = 0;
    std::vector<model::Proof> proofs;
    std::vector<core::Hash> photos;
    std::optional<model::AttemptFailed::Again> again{};
};
core::Result<WorkRequest> read_work_request(std::string_view body);

}  // namespace plus7::agent::handheld
