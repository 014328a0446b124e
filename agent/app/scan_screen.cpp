#include "agent/app/scan_screen.hpp"

#include <algorithm>

namespace plus7::agent::app {
namespace {

std::string shown_code(core::ByteView code) {
    const bool printable = std::all_of(code.begin(), code.end(), [](std::uint8_t c) { return c >= 0x20 && c < 0x7F; });
    return printable ? std::string(core::text_of(code)) : "0x" + core::to_hex(code);
}

}  // namespace

const ScanShown& ScanScreen::scan(core::ByteView code) {
    ScanShown shown;
    shown.n = ++count_;
    shown.code = shown_code(code);
    shown.at = stamps_.best_time();
    const auto saved = scanning_.scan(code);
    if (saved)
        find(shown, code);
    else
        shown.why = saved.error().message;
    last_ = std::move(shown);
    return *last_;
}

void ScanScreen::find(ScanShown& shown, core::ByteView code) {
    const auto found = parcels_.work().with_code(core::text_of(code));
    if (found.size() > 1) {
        shown.why = many_parcels;
        return;
    }
    if (found.empty()) {
        shown.outcome = ScanOutcome::unexpected;
        return;
    }
    shown.parcel = found[0].id;
    if (!found[0].order.is_zero()) shown.order = found[0].order;
    shown.outcome = ScanOutcome::good;
    if (mode_ == ScanMode::take) take(shown, found[0]);
}

void ScanScreen::take(ScanShown& shown, const store::WorkParcel& parcel) {
    if (parcels_.self() == parcel.holder) {
        shown.outcome = ScanOutcome::known;
        return;
    }
    const auto taken = parcels_.take({parcel.id});
    if (taken) return;
    shown.outcome = ScanOutcome::bad;
    shown.why = taken.error().message;
}

}  // namespace plus7::agent::app
