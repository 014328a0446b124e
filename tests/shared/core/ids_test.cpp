#include "shared/core/ids.hpp"

#include <doctest/doctest.h>

#include <set>

#include "shared/core/random.hpp"
#include "shared/core/uuid.hpp"

using namespace plus7::core;

TEST_CASE("a device id has 13 characters of its alphabet") {
    CHECK(DeviceId::parse("0123456789abc"));
    CHECK(DeviceId::parse("zyxwvtsrqpnmk"));
    for (const char* text :
         {"", "0123456789ab", "0123456789abcd", "0123456789abI", "0123456789abi", "0123456789abl", "0123456789abo",
          "0123456789abu", "_123456789abc", "0123456789ab/", "0123456789ab+", "0123456789ab#"})
        CHECK_MESSAGE(!DeviceId::parse(text), text);
}

TEST_CASE("random device ids are well formed and differ") {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const auto id = DeviceId::random();
        CHECK(DeviceId::parse(id.text()));
        CHECK(seen.insert(id.text()).second);
    }
}

TEST_CASE("a version 7 UUID carries its time, version and variant, and sorts by time") {
    const auto early = uuid_v7(time_ms(0x0123456789ab));
    CHECK(early.hex().substr(0, 12) == "0123456789ab");
    CHECK((early.value[6] >> 4) == 7);
    CHECK((early.value[8] >> 6) == 2);
    CHECK(early < uuid_v7(time_ms(0x0123456789ac)));
    CHECK(uuid_v7(time_ms(5)) != uuid_v7(time_ms(5)));
}

TEST_CASE("a version 5 UUID equals the example of RFC 9562") {
    const auto dns = *from_uuid_text("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    CHECK(to_uuid_text(uuid_v5(dns, "www.example.com")) == "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

TEST_CASE("UUID text is read only in its one form") {
    const auto id = random_id<EventId>();
    CHECK(from_uuid_text(to_uuid_text(id)) == id);
    for (const char* text : {"", "6ba7b8109dad11d180b400c04fd430c8", "6ba7b810-9dad-11d1-80b4-00c04fd430cg",
                             "6ba7b810-9dad-11d1-80b400c04-fd430c8"})
        CHECK_FALSE(from_uuid_text(text));
}

TEST_CASE("random_below stays below its bound and reaches every value") {
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 2000; ++i) seen.insert(random_below(7));
    CHECK(seen == std::set<std::uint64_t>{0, 1, 2, 3, 4, 5, 6});
    CHECK(random_below(1) == 0);
}
