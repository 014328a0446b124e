#include "shared/wire/batch.hpp"

#include <stdexcept>

#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/compression.hpp"
#include "shared/wire/limits.hpp"

namespace plus7::wire {
namespace {

constexpr std::uint64_t batch_version = 1;
constexpr std::size_t header_items = 7;

// What the header alone tells about the payload; nothing when it may be read.
std::optional<core::Error> payload_problem(const Node& batch, const std::optional<core::Error>& read_error,
                                           std::size_t message_bytes, std::uint64_t inflated, std::uint64_t encoding) {
    if (message_bytes > max_batch_bytes) return core::limit("a batch of " + std::to_string(message_bytes) + " bytes");
    if (read_error) return *read_error;
    if (batch.items.size() != header_items + 1) return core::invalid("a batch is a list of eight");
    if (batch.items.back().kind != Node::Kind::bytes) return core::invalid("payload is not a byte string");
    if (encoding > static_cast<std::uint64_t>(BatchEncoding::zstd)) return core::invalid("an unknown encoding");
    if (inflated > max_inflated_bytes) return core::limit("a payload of " + std::to_string(inflated) + " bytes");
    return std::nullopt;
}

// Splits an inflated payload into its records without reading what is in them.
core::Result<Payload> split(core::Bytes bytes, std::uint64_t count) {
    const auto tree = read_cbor(bytes, {.bytes = max_inflated_bytes, .items = 16 * max_batch_records});
    if (!tree) return tree.error();
    if (tree->kind != Node::Kind::array) return core::invalid("a payload is a list of records");
    if (tree->items.size() != count) return core::invalid("the payload has another count of records than the header");
    std::vector<Payload::Span> spans;
    spans.reserve(tree->items.size());
    for (const auto& item : tree->items) {
        spans.push_back({static_cast<std::size_t>(item.encoded.data() - bytes.data()), item.encoded.size()});
    }
    return Payload(std::move(bytes), std::move(spans));
}

}  // namespace

core::Result<BatchHeader> decode_header(core::ByteView message) {
    const auto read = read_cbor_partly(message);
    if (read.root.kind != Node::Kind::array || read.root.items.size() < header_items) {
        return (read.error ? *read.error : core::invalid("not a list of eight")).context("batch header");
    }
    Faults faults;
    const auto at = [&](std::size_t i, std::string_view name) { return Value(faults, &read.root.items[i], name); };
    if (at(0, "version").uint() != batch_version) return core::invalid("batch header: version is not 1");
    BatchHeader header;
    header.lane = static_cast<Lane>(at(1, "lane").uint(1, 3));
    header.epoch = at(2, "epoch").fixed<core::Epoch>();
    header.first_seq = at(3, "first_seq").uint(1);
    header.count = at(4, "count").uint(1);
    const auto encoding = at(5, "enc").uint();
    const auto inflated = at(6, "inflated bytes").uint();
    if (header.count > max_integer - header.first_seq) faults.add("count", "runs out of the numbers there are");
    if (faults.any()) return faults.first().context("batch header");

    header.payload_error = payload_problem(read.root, read.error, message.size(), inflated, encoding);
    if (header.count > max_batch_records && !header.payload_error)
        header.payload_error = core::limit("too many records");
    if (header.payload_error) return header;
    header.encoding = static_cast<BatchEncoding>(encoding);
    header.inflated_bytes = static_cast<std::size_t>(inflated);
    header.payload = read.root.items.back().content;
    return header;
}

core::ByteView Payload::record(std::size_t i) const {
    const auto span = spans_.at(i);
    return core::ByteView(inflated_).subspan(span.offset, span.size);
}

core::Result<Payload> decode_payload(const BatchHeader& header) {
    if (header.payload_error) return header.payload_error->context("batch payload");
    core::Result<core::Bytes> bytes = core::invalid("the payload has another size than declared");
    if (header.encoding == BatchEncoding::zstd) {
        bytes = inflate(header.payload, header.inflated_bytes);
    } else if (header.payload.size() == header.inflated_bytes) {
        bytes = core::copy_of(header.payload);
    }
    if (!bytes) return bytes.error().context("batch payload");
    auto payload = split(std::move(*bytes), header.count);
    if (!payload) return payload.error().context("batch payload");
    return payload;
}

core::Result<core::Bytes> encode_batch(Lane lane, const core::Epoch& epoch, std::uint64_t first_seq,
                                       const std::vector<core::Bytes>& records) {
    if (first_seq == 0 || records.empty()) throw std::invalid_argument("a batch has records and begins with seq 1");
    if (records.size() > max_batch_records) return core::limit("a batch takes 256 records");
    CborWriter payload;
    payload.array(records.size());
    for (const auto& record : records) payload.item(record);
    auto plain = payload.take();
    if (plain.size() > max_inflated_bytes) return core::limit("a batch takes 1 MiB of records");
    const auto inflated = plain.size();
    auto packed = deflate(plain);
    const bool smaller = packed.size() < plain.size();
    const auto encoding = smaller ? BatchEncoding::zstd : BatchEncoding::raw;
    CborWriter out;
    out.array(header_items + 1).uint(batch_version).uint(static_cast<std::uint64_t>(lane)).bytes(epoch.bytes());
    out.uint(first_seq).uint(records.size()).uint(static_cast<std::uint64_t>(encoding)).uint(inflated);
    out.bytes(smaller ? packed : plain);
    if (out.size() > max_batch_bytes) return core::limit("a batch takes 64 KiB on the wire");
    return out.take();
}

}  // namespace plus7::wire
