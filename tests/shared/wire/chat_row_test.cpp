#include "shared/wire/chat_row.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "shared/core/random.hpp"
#include "shared/wire/cbor_writer.hpp"

using namespace plus7;
using wire::ChatRow;

namespace {

ChatRow message() {
    ChatRow row;
    row.number = 7;
    row.name = "Ирина";
    row.text = "Получатель просит к 18:00";
    row.at = core::time_ms(1'790'000'000'000);
    row.order = core::random_id<model::OrderId>();
    row.read = true;
    return row;
}

std::string repeated(std::string_view character, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += character;
    return text;
}

}  // namespace

TEST_CASE("a message reads as it was written, also the courier's whose text has not come yet") {
    const auto row = message();
    CHECK(wire::decode_chat_row(wire::encode(row)).value() == row);
    ChatRow own;
    own.from = wire::ChatFrom::courier;
    CHECK(wire::decode_chat_row(wire::encode(own)).value() == own);
}

TEST_CASE("a message has 1 to 2000 characters, whatever bytes they take, and is not blank") {
    CHECK(wire::is_chat_text("ok"));
    CHECK(wire::is_chat_text(repeated("я", 2000)));
    CHECK(wire::is_chat_text(repeated("\xF0\x9F\x9A\x9A", 2000)));  // a lorry, four bytes
    CHECK_FALSE(wire::is_chat_text(repeated("я", 2001)));
    CHECK_FALSE(wire::is_chat_text(""));
    CHECK_FALSE(wire::is_chat_text(" \r\n\t"));
    CHECK_FALSE(wire::is_chat_text("\xD1"));
    CHECK_FALSE(wire::is_chat_text("\xC0\xAF"));
    CHECK_FALSE(wire::is_chat_text(std::string_view("a\0b", 3)));
    auto row = message();
    row.text = " ";
    CHECK_THROWS_AS(wire::encode(row), std::invalid_argument);
    row.text = repeated("я", 2001);
    CHECK_THROWS_AS(wire::encode(row), std::invalid_argument);
}

TEST_CASE("a writer of a later version reads as unknown, and unknown members are passed over") {
    const auto body = wire::CborMap{}
                          .uint("n", 1)
                          .uint("from", 9)
                          .integer("at_ms", 5)
                          .boolean("read", false)
                          .text("mood", "fine")
                          .encode();
    const auto row = wire::decode_chat_row(body);
    REQUIRE(row);
    CHECK(row->from == wire::ChatFrom::unknown);
}

TEST_CASE("bytes that are no message are refused wherever they are cut or bent") {
    const auto bytes = wire::encode(message());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_FALSE(wire::decode_chat_row(core::ByteView(bytes).first(size)).ok());
    const auto with = [](std::string_view key, core::Bytes value) {
        wire::CborMap map;
        const auto put = [&](std::string_view name, core::Bytes usual) {
            map.item(name, name == key ? value : std::move(usual));
        };
        put("n", wire::CborWriter{}.uint(1).take());
        put("from", wire::CborWriter{}.uint(1).take());
        put("at_ms", wire::CborWriter{}.uint(1).take());
        put("read", wire::CborWriter{}.boolean(true).take());
        put("text", wire::CborWriter{}.text("да").take());
        put("order", wire::CborWriter{}.bytes(core::Bytes(16, 1)).take());
        return wire::decode_chat_row(map.encode()).ok();
    };
    CHECK(with("", {}));
    CHECK_FALSE(with("n", wire::CborWriter{}.uint(0).take()));
    CHECK_FALSE(with("from", wire::CborWriter{}.text("я").take()));
    CHECK_FALSE(with("at_ms", wire::CborWriter{}.integer(INT64_MAX).take()));
    CHECK_FALSE(with("read", wire::CborWriter{}.uint(1).take()));
    CHECK_FALSE(with("text", wire::CborWriter{}.text("  ").take()));
    CHECK_FALSE(with("text", wire::CborWriter{}.text(repeated("x", 2001)).take()));
    CHECK_FALSE(with("text", wire::CborWriter{}.bytes(core::Bytes{1}).take()));
    CHECK_FALSE(with("order", wire::CborWriter{}.bytes(core::Bytes(15, 1)).take()));
    CHECK_FALSE(wire::decode_chat_row(core::Bytes{0x80}).ok());
}
