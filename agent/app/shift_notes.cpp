#include "agent/app/shift_notes.hpp"

namespace plus7::agent::app {
namespace {

constexpr std::uint8_t version = 1;
constexpr std::uint8_t with_site = 2;  // of a shift at a pickup point

void put_number(core::Bytes& out, std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(value >> shift));
}

std::uint64_t number_at(core::ByteView bytes, std::size_t at) {
    std::uint64_t value = 0;
    for (const auto byte : bytes.subspan(at, 8)) value = value << 8 | byte;
    return value;
}

void put(core::Bytes& out, core::ByteView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

}  // namespace

// version ‖ shift id (16) ‖ courier id (16) ‖ since, Unix ms (8, big endian) ‖ of a site: kind (1) ‖ id (16) ‖
// courier's code
core::Bytes to_note(const OpenShift& shift) {
    core::Bytes out{shift.courier.site ? with_site : version};
    put(out, shift.id.bytes());
    put(out, shift.courier.id.bytes());
    put_number(out, static_cast<std::uint64_t>(core::count(shift.since)));
    if (shift.courier.site) {
        out.push_back(static_cast<std::uint8_t>(shift.courier.site->kind));
        put(out, shift.courier.site->id.bytes());
    }
    put(out, core::view_of(shift.courier.code));
    return out;
}

std::optional<OpenShift> shift_from_note(core::ByteView note) {
    constexpr std::size_t fixed_part = 1 + 16 + 16 + 8;
    constexpr std::size_t site_part = 1 + 16;
    if (note.size() < fixed_part || (note[0] != version && note[0] != with_site)) return std::nullopt;
    const bool has_site = note[0] == with_site;
    if (has_site && note.size() < fixed_part + site_part) return std::nullopt;
    OpenShift shift;
    shift.id = *model::ShiftId::from(note.subspan(1, 16));
    shift.courier.id = *model::CourierId::from(note.subspan(17, 16));
    shift.since = core::time_ms(static_cast<std::int64_t>(number_at(note, 33)));
    if (has_site)
        shift.courier.site = model::Holder{static_cast<model::HolderKind>(note[fixed_part]),
                                           *model::HolderId::from(note.subspan(fixed_part + 1, 16))};
    shift.courier.code = core::text_of(note.subspan(fixed_part + (has_site ? site_part : 0)));
    return shift;
}

// version ‖ since, Unix ms (8) ‖ timed (1)
core::Bytes to_note(const OpenBreak& rest) {
    core::Bytes out{version};
    put_number(out, static_cast<std::uint64_t>(core::count(rest.since)));
    out.push_back(rest.is_timed ? 1 : 0);
    return out;
}

std::optional<OpenBreak> break_from_note(core::ByteView note) {
    if (note.size() != 10 || note[0] != version) return std::nullopt;
    return OpenBreak{core::time_ms(static_cast<std::int64_t>(number_at(note, 1))), note[9] != 0};
}

// version ‖ metres (8) ‖ time of the newest fix, Unix ms (8); 0 = none
core::Bytes to_note(const Progress& progress) {
    core::Bytes out{version};
    put_number(out, progress.distance_m);
    put_number(out, progress.last_fix ? static_cast<std::uint64_t>(core::count(*progress.last_fix)) : 0);
    return out;
}

std::optional<Progress> progress_from_note(core::ByteView note) {
    if (note.size() != 17 || note[0] != version) return std::nullopt;
    Progress progress;
    progress.distance_m = number_at(note, 1);
    if (const auto last = number_at(note, 9); last != 0)
        progress.last_fix = core::time_ms(static_cast<std::int64_t>(last));
    return progress;
}

}  // namespace plus7::agent::app
