// The small JSON of scanning and shifts on the control socket, both directions. Pure codec.
#pragma once
#include <string>
#include <string_view>

#include "agent/app/scanning.hpp"
#include "agent/app/shift.hpp"

namespace plus7::agent::handheld {

core::Result<core::Bytes> read_scan_request(std::string_view body);  // {"code": text}
core::Result<std::string> read_pin_request(std::string_view body);   // {"pin": text}

struct ScanAnswer {
    bool repeated = false;
    std::string symbology;  // "ean13"
    std::string event;      // UUID of the fact
    std::uint64_t seq = 0;
};
std::string to_json(const app::Scanned& scanned);
core::Result<ScanAnswer> scan_answer_from(std::string_view body);

struct ShiftAnswer {
    std::string id;  // UUID
    std::string courier;
    std::string since;  // ISO 8601
    std::uint64_t distance_m = 0;
    bool track_saved = true;
};
std::string to_json(const app::OpenShift& shift);
std::string to_json(const app::OpenBreak& rest);
std::string to_json(const app::EndedShift& ended);
core::Result<ShiftAnswer> shift_answer_from(std::string_view body);

// What a problem answer (RFC 9457) says to a person.
core::Error error_from_problem(int status, std::string_view body);

}  // namespace plus7::agent::handheld
