#include "agent/handheld/custody_file.hpp"

#include <nlohmann/json.hpp>

namespace plus7::agent::handheld {
namespace {

using json = nlohmann::ordered_json;
constexpr std::size_t facts_at_a_time = 128;

std::string line_of(const json& object) { return object.dump(-1, ' ', false, json::error_handler_t::replace) + "\n"; }

}  // namespace

core::Bytes custody_message(const core::Hash& hash) {
    auto message = core::copy_of(core::view_of("p7-custody"));
    message.insert(message.end(), hash.value.begin(), hash.value.end());
    return message;
}

CustodyFile::CustodyFile(const store::KeptFacts& facts, CustodyHead head, const crypto::SigningKey& key)
    : facts_(facts), head_(std::move(head)), key_(key) {}

std::string CustodyFile::next() {
    switch (step_) {
        case Step::head:
            step_ = Step::facts;
            return counted(head_line());
        case Step::facts: {
            std::string lines;
            for (const auto& fact : facts_.after(place_, facts_at_a_time)) {
                lines += line_of({{"epoch", fact.epoch.hex()},
                                  {"seq", fact.place.seq},
                                  {"acked", fact.acked},
                                  {"record", core::to_base64url(fact.record)}});
                place_ = fact.place;
                ++count_;
            }
            if (!lines.empty()) return counted(std::move(lines));
            step_ = Step::end;
            [[fallthrough]];
        }
        case Step::end:
            step_ = Step::done;
            return end_line();
        case Step::done:
            return {};
    }
    return {};
}

std::string CustodyFile::head_line() {
    return line_of({{"format", "plus7-custody/1"},
                    {"device", head_.device.text()},
                    {"record_key", head_.record_key.hex()},
                    {"certificate", head_.certificate},
                    {"authority", head_.authority},
                    {"made", core::to_iso8601(head_.made)}});
}

std::string CustodyFile::end_line() {
    const auto hash = hash_.finish();
    return line_of({{"facts", count_},
                    {"sha256", hash.hex()},
                    {"sig", core::to_base64url(key_.sign(custody_message(hash)).bytes())}});
}

std::string CustodyFile::counted(std::string lines) {
    hash_.update(core::view_of(lines));
    return lines;
}

}  // namespace plus7::agent::handheld
