#include "shared/wire/down_envelope.hpp"

#include "shared/crypto/sha256.hpp"
#include "shared/wire/cbor_value.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/limits.hpp"
#include "shared/wire/welcome.hpp"

namespace plus7::wire {
namespace {

constexpr std::uint64_t envelope_version = 1;
constexpr std::size_t signed_items = 5;

core::Bytes signed_message(const core::Hash& digest) {
    core::Bytes message = core::copy_of(core::view_of("p7-down"));
    message.insert(message.end(), digest.value.begin(), digest.value.end());
    return message;
}

}  // namespace

core::Bytes seal_down(DownType type, const core::DeviceId& device, const core::ServerGen& server_gen,
                      core::ByteView body, const crypto::SigningKey& key) {
    CborWriter first_five;
    first_five.uint(envelope_version).uint(static_cast<std::uint64_t>(type)).text(device.text());
    const auto signed_part = first_five.bytes(server_gen.bytes()).bytes(body).take();
    const auto sig = key.sign(signed_message(crypto::sha256(signed_part)));
    return CborWriter{}.array(signed_items + 1).item(signed_part).bytes(sig.bytes()).take();
}

core::Result<DownMessage> decode_down(core::ByteView bytes) {
    const auto tree = read_cbor(bytes);
    if (!tree) return tree.error().context("down message");
    Faults faults;
    const auto parts = Value(faults, &*tree, "down message").items(signed_items + 1, signed_items + 1);
    if (faults.any()) return faults.first();
    if (parts[0].uint() != envelope_version) return core::invalid("down message: version is not 1");
    const auto type = parts[1].uint(1, 3);
    const auto device = parts[2].device();
    if (!device) return faults.first();
    const auto* begin = tree->items.front().encoded.data();
    const core::ByteView first_five(begin, tree->items.back().encoded.data());
    DownMessage message{static_cast<DownType>(type),       *device,
                        parts[3].fixed<core::ServerGen>(), core::copy_of(parts[4].bytes(0, max_message_bytes)),
                        parts[5].fixed<core::Signature>(), crypto::sha256(first_five)};
    return faults.finish(std::move(message));
}

std::string_view name_of(DownFault fault) {
    switch (fault) {
        case DownFault::other_device:
            return "other_device";
        case DownFault::bad_signature:
            return "bad_signature";
        case DownFault::other_server_gen:
            return "other_server_gen";
        case DownFault::other_nonce:
            return "other_nonce";
        case DownFault::unreadable:
            return "unreadable";
    }
    return "unknown";
}

std::optional<DownFault> check_down(const DownMessage& message, const DownExpectation& expected) {
    if (message.device != expected.device) return DownFault::other_device;
    if (!crypto::verify(expected.key, signed_message(message.digest), message.sig)) return DownFault::bad_signature;
    if (message.type != DownType::welcome) {
        return message.server_gen == expected.server_gen ? std::nullopt : std::optional{DownFault::other_server_gen};
    }
    const auto welcome = decode_welcome(message.body);
    if (!welcome) return DownFault::unreadable;
    return welcome->nonce == expected.nonce ? std::nullopt : std::optional{DownFault::other_nonce};
}

}  // namespace plus7::wire
