#include <algorithm>
#include <array>

#include "agent/app/floor.hpp"

namespace plus7::agent::app {
namespace {

struct Row {
    FloorWord word;
    std::string_view name;
    FloorTone tone;
};

// clang-format off
constexpr std::array<Row, 40> words{{
    {FloorWord::taken,              "taken",              FloorTone::good},
    {FloorWord::taken_extra,        "taken_extra",        FloorTone::warn},
    {FloorWord::taken_from_courier, "taken_from_courier", FloorTone::warn},
    {FloorWord::taken_cancelled,    "taken_cancelled",    FloorTone::warn},
    {FloorWord::unknown,            "unknown",            FloorTone::refused},
    {FloorWord::unknown_again,      "unknown_again",      FloorTone::refused},
    {FloorWord::here,               "here",               FloorTone::warn},
    {FloorWord::registry_closed,    "registry_closed",    FloorTone::refused},
    {FloorWord::handed,             "handed",             FloorTone::good},
    {FloorWord::handed_witnessed,   "handed_witnessed",   FloorTone::good},
    {FloorWord::handed_inferred,    "handed_inferred",    FloorTone::warn},
    {FloorWord::handed_already,     "handed_already",     FloorTone::warn},
    {FloorWord::confirm_other,      "confirm_other",      FloorTone::ask},
    {FloorWord::confirm_unplanned,  "confirm_unplanned",  FloorTone::ask},
    {FloorWord::confirm_damaged,    "confirm_damaged",    FloorTone::ask},
    {FloorWord::confirm_with_other, "confirm_with_other", FloorTone::ask},
    {FloorWord::cancelled,          "cancelled",          FloorTone::refused},
    {FloorWord::courier_blocked,    "courier_blocked",    FloorTone::refused},
    {FloorWord::returned,           "returned",           FloorTone::good},
    {FloorWord::returned_witnessed, "returned_witnessed", FloorTone::good},
    {FloorWord::returned_inferred,  "returned_inferred",  FloorTone::warn},
    {FloorWord::confirm_not_his,    "confirm_not_his",    FloorTone::ask},
    {FloorWord::which,              "which",              FloorTone::ask},
    {FloorWord::kept,               "kept",               FloorTone::warn},
    {FloorWord::taken_back,         "taken_back",         FloorTone::good},
    {FloorWord::not_saved,          "not_saved",          FloorTone::refused},
    {FloorWord::sorted,             "sorted",             FloorTone::good},
    {FloorWord::sorted_back,        "sorted_back",        FloorTone::warn},
    {FloorWord::sorted_damaged,     "sorted_damaged",     FloorTone::warn},
    {FloorWord::sorted_unplanned,   "sorted_unplanned",   FloorTone::warn},
    {FloorWord::not_here,           "not_here",           FloorTone::refused},
    {FloorWord::bag_taken,          "bag_taken",          FloorTone::good},
    {FloorWord::bag_handed,         "bag_handed",         FloorTone::good},
    {FloorWord::bag_here,           "bag_here",           FloorTone::warn},
    {FloorWord::bag_partly,         "bag_partly",         FloorTone::warn},
    {FloorWord::bag_open,           "bag_open",           FloorTone::refused},
    {FloorWord::confirm_bag_goal,   "confirm_bag_goal",   FloorTone::ask},
    {FloorWord::bag_singly,         "bag_singly",         FloorTone::refused},
    {FloorWord::damaged,            "damaged",            FloorTone::good},
    {FloorWord::damage_taken_back,  "damage_taken_back",  FloorTone::good},
}};
// clang-format on

const Row& row_of(FloorWord word) {
    return *std::find_if(words.begin(), words.end(), [&](const Row& row) { return row.word == word; });
}

}  // namespace

std::string_view name_of(FloorWord word) { return row_of(word).name; }
FloorTone tone_of(FloorWord word) { return row_of(word).tone; }

std::string_view name_of(FloorTone tone) {
    constexpr std::array<std::string_view, 4> names{"good", "warn", "refused", "ask"};
    return names[static_cast<std::size_t>(tone)];
}

}  // namespace plus7::agent::app
