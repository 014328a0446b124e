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
    shown.at = parts_.stamps.best_time();
    shown.kind = store::hand_code_of(core::text_of(code));
    if (shown.kind != store::HandCode::none) {
        if (parts_.parcels.on_break())
            shown.why = Shift::on_break;
        else
            hear(shown, core::text_of(code));
    } else {
        shown.code = shown_code(code);
        scan_parcel(shown, code);
    }
    last_ = std::move(shown);
    return *last_;
}

void ScanScreen::scan_parcel(ScanShown& shown, core::ByteView code) {
    const bool rests = parts_.parcels.on_break();
    const bool at_depot = !rests && parts_.floor.depot().has_value();
    const auto saved = parts_.scanning.scan(code, at_depot ? parts_.floor.work().registry : std::nullopt);
    if (!saved) shown.why = saved.error().message;
    if (at_depot)
        ask_floor(shown, saved);
    else if (saved && rests)  // nothing is done with it: the page offers to end the break and scan it again
        shown.why = Shift::on_break;
    else if (saved)
        find(shown, code);
}

void ScanScreen::ask_floor(ScanShown& shown, const core::Result<Scanned>& saved) {
    const auto& answer = saved ? parts_.floor.scan(shown.code, saved->saved.id, saved->repeated)
                               : parts_.floor.failed(shown.code, shown.why);
    shown.why = answer.why;
    shown.parcel = answer.parcel;
    const auto tone = tone_of(answer.word);
    if (tone == FloorTone::good) shown.outcome = ScanOutcome::good;
    if (tone == FloorTone::warn) shown.outcome = ScanOutcome::known;
    if (tone == FloorTone::ask || answer.word == FloorWord::unknown) shown.outcome = ScanOutcome::unexpected;
}

void ScanScreen::hear(ScanShown& shown, std::string_view code) {
    if (shown.kind == store::HandCode::goods) return receive(shown, code);
    if (shown.kind == store::HandCode::recipient) return check(shown, code);
    const bool is_badge = shown.kind == store::HandCode::badge;
    const auto heard = is_badge ? parts_.sign_in.badge(code) : parts_.transfers.hear(code);
    if (!heard) {
        shown.why = heard.error().message;
        return;
    }
    shown.outcome = ScanOutcome::good;
    if (!is_badge) shown.code = parts_.transfers.heard()->code;
}

void ScanScreen::check(ScanShown& shown, std::string_view code) {
    const auto said = store::recipient_code_from(code);
    const auto right =
        said ? parts_.codes.check(said->order, said->code, model::ProofKind::recipient_qr) : core::Status(said.error());
    if (!right) {
        shown.why = right.error().message;
        return;
    }
    shown.order = said->order;
    shown.outcome = ScanOutcome::good;
}

void ScanScreen::receive(ScanShown& shown, std::string_view code) {
    const auto received = parts_.transfers.receive(code);
    if (!received) {
        shown.why = received.error().message;
        return;
    }
    shown.outcome = received->parcels > 0 ? ScanOutcome::good : ScanOutcome::known;
    shown.code = received->whom;
    shown.order = received->order;
    shown.parcels = received->parcels;
}

void ScanScreen::find(ScanShown& shown, core::ByteView code) {
    const auto found = parts_.parcels.work().with_code(core::text_of(code));
    if (found.size() > 1) {
        shown.why = many_parcels;
        return;
    }
    if (found.empty()) {
        shown.order = mode_ == ScanMode::look ? order_with_number(core::text_of(code)) : std::nullopt;
        shown.outcome = shown.order ? ScanOutcome::good : ScanOutcome::unexpected;
        return;
    }
    shown.parcel = found[0].id;
    if (!found[0].order.is_zero()) shown.order = found[0].order;
    shown.outcome = ScanOutcome::good;
    if (mode_ == ScanMode::take) take(shown, found[0]);
}

std::optional<model::OrderId> ScanScreen::order_with_number(std::string_view typed) const {
    const auto ending = "-" + std::string(typed);
    for (const auto& task : parts_.parcels.work().tasks())
        if (task.number == typed || std::string_view(task.number).ends_with(ending)) return task.order;
    return std::nullopt;
}

void ScanScreen::take(ScanShown& shown, const store::WorkParcel& parcel) {
    if (parts_.parcels.self() == parcel.holder) {
        shown.outcome = ScanOutcome::known;
        return;
    }
    const auto taken = parts_.parcels.take({parcel.id});
    if (taken) return;
    shown.outcome = ScanOutcome::bad;
    shown.why = taken.error().message;
}

}  // namespace plus7::agent::app
