#include "agent/app/scanning.hpp"

#include <algorithm>

#include "agent/store/hand_codes.hpp"

namespace plus7::agent::app {
namespace {

bool is_number(core::ByteView code) {
    return std::all_of(code.begin(), code.end(), [](std::uint8_t c) { return c >= '0' && c <= '9'; });
}

// Weights 3, 1, 3 … from the digit before the check digit leftwards; the sum with the check digit ends in 0.
bool check_digit_fits(core::ByteView digits) {
    unsigned sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const bool odd_from_right = (digits.size() - 1 - i) % 2 == 1;
        sum += static_cast<unsigned>(digits[i] - '0') * (odd_from_right ? 3 : 1);
    }
    return sum % 10 == 0;
}

}  // namespace

core::Result<model::Symbology> symbology_of(core::ByteView code) {
    using model::Symbology;
    if (!is_number(code)) return Symbology::unknown;
    const auto if_fits = [&](Symbology symbology) { return check_digit_fits(code) ? symbology : Symbology::unknown; };
    switch (code.size()) {
        case 8:
        case 13:
            if (!check_digit_fits(code)) return core::invalid(Scanning::wrong_digit);
            return code.size() == 8 ? Symbology::ean8 : Symbology::ean13;
        case 12:
            return if_fits(Symbology::upc_a);
        case 14:
            return if_fits(Symbology::itf14);
        default:
            return Symbology::unknown;
    }
}

core::Result<Scanned> Scanning::scan(core::ByteView code, const std::optional<model::RegistryId>& registry) {
    if (code.empty()) return core::invalid(empty_code);
    if (code.size() > max_code) return core::invalid(long_code);
    if (store::hand_code_of(core::text_of(code)) != store::HandCode::none) return core::invalid(hand_code);
    const auto symbology = symbology_of(code);
    if (!symbology) return symbology.error();
    const auto now = stamps_.mono();
    if (last_ && core::equal(last_->code, code) && now - last_->seen < same_code_within) {
        last_->seen = now;
        auto again = last_->answer;
        again.repeated = true;
        return again;
    }
    const auto saved = logbook_.state(model::Scan{core::copy_of(code), *symbology, registry});
    if (!saved) return saved.error();
    last_ = Last{core::copy_of(code), now, {false, *symbology, *saved}};
    return last_->answer;
}

}  // namespace plus7::agent::app
