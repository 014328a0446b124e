// A batch: consecutive records of one lane in one MQTT message, `[1, lane, epoch, first_seq, count, enc, inflated
// bytes, payload bstr]`. Read in two steps, so that a payload nobody can read still names its sequence numbers. Any
// thread.
#pragma once
#include <optional>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/wire/lane.hpp"

namespace plus7::wire {

enum class BatchEncoding : std::uint8_t { raw = 0, zstd = 1 };  // the numbers are on the wire

struct BatchHeader {
    Lane lane = Lane::fact;
    core::Epoch epoch;
    std::uint64_t first_seq = 1;
    std::uint64_t count = 1;
    BatchEncoding encoding = BatchEncoding::raw;
    std::size_t inflated_bytes = 0;
    core::ByteView payload;                    // looks into the message; empty when payload_error is set
    std::optional<core::Error> payload_error;  // why the payload cannot be read: limit or invalid

    std::uint64_t last_seq() const { return first_seq + count - 1; }
};

// invalid or limit: not even the header can be read (quarantine, no answer). `message` must outlive the header.
core::Result<BatchHeader> decode_header(core::ByteView message);

// The records of one payload, in the order of seq; each is one well-formed CBOR item of any content.
class Payload {
  public:
    struct Span {
        std::size_t offset = 0;
        std::size_t size = 0;
    };
    Payload(core::Bytes inflated, std::vector<Span> spans) : inflated_(std::move(inflated)), spans_(std::move(spans)) {}

    std::size_t size() const { return spans_.size(); }
    core::ByteView record(std::size_t i) const;  // throws std::out_of_range; valid as long as the payload

  private:
    core::Bytes inflated_;
    std::vector<Span> spans_;
};

// Fails with the header's payload_error, or when the payload breaks a limit, its declared size or the count.
core::Result<Payload> decode_payload(const BatchHeader& header);

// Encoded records, 1 – 256, as one message; raw or zstd, whichever is smaller. limit when it does not fit.
core::Result<core::Bytes> encode_batch(Lane lane, const core::Epoch& epoch, std::uint64_t first_seq,
                                       const std::vector<core::Bytes>& records);

}  // namespace plus7::wire
