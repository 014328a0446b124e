// How the running agent is: what `plus7-agent status` and GET /status show, and its JSON. Values; any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/core/result.hpp"

namespace plus7::agent::handheld {

struct Status {
    std::string version;
    std::string device;
    std::string server;      // URL
    std::string broker;      // host:port
    std::string connection;  // offline, greeting, running, held, leaving
    std::string epoch;       // hex
    std::uint64_t view = 0;  // version applied
    bool locked = false;
    std::string certificate_until;  // ISO 8601

    std::string courier;  // code of who is bound; empty: nobody
    std::string site;     // id of the pickup point he works at, hex; empty: he drives
    struct SignIn {
        std::string step = "not_needed";  // badge, pin, start, locked: what is wanted before a shift can start
        int tries_left = 0;
        bool operator==(const SignIn&) const = default;
    };
    SignIn sign_in;
    struct Shift {
        std::string id;  // UUID
        std::string courier;
        std::string since;  // ISO 8601
        std::uint64_t distance_m = 0;
        std::optional<std::string> break_since{};  // ISO 8601; nothing: at work
        bool operator==(const Shift&) const = default;
    };
    std::optional<Shift> shift;

    struct Unacked {
        std::uint64_t fact = 0, track = 0, blob = 0;  // records
        std::optional<std::int64_t> oldest_s;         // age of the oldest fact
        bool operator==(const Unacked&) const = default;
    };
    Unacked unacked;

    struct Traffic {                                 // of tracks and files, against the day's budget
        std::uint64_t bytes_today = 0;               // by central's clock
        bool history_held = false;                   // until tomorrow
        std::optional<std::int64_t> oldest_track_s;  // age of the oldest track record not acked
        bool operator==(const Traffic&) const = default;
    };
    Traffic traffic;

    struct Gps {
        bool fitted = true;                 // false: the device has no receiver
        bool gpsd = false;                  // connected
        bool lost = false;                  // said nothing for too long
        std::optional<std::int64_t> age_s;  // of the newest fix
        std::optional<double> accuracy_m;
        bool operator==(const Gps&) const = default;
    };
    Gps gps;
    std::optional<bool> scanner;  // nothing: none is configured

    struct Battery {
        int percent = 0;
        bool charging = false;
        bool operator==(const Battery&) const = default;
    };
    std::optional<Battery> battery;

    struct Storage {
        std::uint64_t free_bytes = 0;
        int step = 0;  // of the storage ladder; 0 = normal
        bool operator==(const Storage&) const = default;
    };
    Storage storage;
    bool operator==(const Status&) const = default;
};

std::string to_json(const Status& status);
core::Result<Status> status_from_json(std::string_view text);  // missing members read as their defaults

}  // namespace plus7::agent::handheld
