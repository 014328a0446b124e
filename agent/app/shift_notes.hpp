// What an open shift leaves in core.db's notes, so that it survives a restart. Own small layout, not on the wire. Pure.
#pragma once
#include <optional>

#include "agent/app/shift.hpp"

namespace plus7::agent::app {

constexpr std::string_view shift_note = "shift";
constexpr std::string_view break_note = "shift.break";
constexpr std::string_view progress_note = "shift.progress";

core::Bytes to_note(const OpenShift& shift);
std::optional<OpenShift> shift_from_note(core::ByteView note);  // nothing when it was written by another version

core::Bytes to_note(const OpenBreak& rest);
std::optional<OpenBreak> break_from_note(core::ByteView note);

struct Progress {
    std::uint64_t distance_m = 0;
    std::optional<core::TimeMs> last_fix;
    bool operator==(const Progress&) const = default;
};
core::Bytes to_note(const Progress& progress);
std::optional<Progress> progress_from_note(core::ByteView note);

}  // namespace plus7::agent::app
