// One received MQTT message, and how it ended. Values, any thread.
#pragma once
#include <string>
#include <string_view>

#include "shared/core/bytes.hpp"
#include "shared/core/time.hpp"

namespace plus7::central::ingest {

struct Frame {
    std::string topic;
    core::Bytes payload;
    bool retained = false;
    core::TimeUs received{};
};

// Every received frame ends as exactly one of these (I12).
enum class Outcome {
    applied,      // something of it is durable that was not before
    duplicate,    // all of it was known, or it speaks of what is over
    deferred,     // not now: numbers before it are missing, or the database did not take it; it comes again
    refused,      // cannot be taken as it is: unreadable payload, unknown epoch, unknown device
    dropped,      // the bounded queue was full
    quarantined,  // set aside for a human: the whole frame, or records of it
};
constexpr std::size_t outcomes = 6;

std::string_view name_of(Outcome outcome);

}  // namespace plus7::central::ingest
