#include "shared/wire/topics.hpp"

#include <doctest/doctest.h>

namespace wire = plus7::wire;
using plus7::core::DeviceId;

TEST_CASE("every row of the topic table is built and parsed back") {
    const auto device = DeviceId::random();
    for (const auto& row : wire::topic_table()) {
        const auto name = wire::topic_name(device, row.kind);
        CHECK(name == "p7/1/" + device.text() + "/" + std::string{row.suffix});
        const auto parsed = wire::parse_topic(name);
        REQUIRE(parsed.has_value());
        CHECK(parsed->device == device);
        CHECK(parsed->kind == row.kind);
        CHECK(&wire::row_of(row.kind) == &row);
    }
}

TEST_CASE("the table says what the protocol says about quality, retention and expiry") {
    CHECK(wire::row_of(wire::TopicKind::live).qos == 0);
    CHECK(wire::row_of(wire::TopicKind::live).expiry_s == 30);
    CHECK(wire::row_of(wire::TopicKind::state).retained);
    CHECK(wire::row_of(wire::TopicKind::state).expiry_s == 0);
    int retained = 0;
    for (const auto& row : wire::topic_table()) retained += row.retained ? 1 : 0;
    CHECK(retained == 1);
}

TEST_CASE("a topic of central, of another version or of no device is nobody's") {
    for (const std::string name :
         {"", "p7/1/", "p7/1/_central/live", "p7/2/0123456789abc/up/hello", "p7/1/0123456789abc/up/hello/x",
          "p7/1/0123456789abc/up/", "p7/1/0123456789abc", "p7/1/0123456789ab/up/hello", "p7/1/0123456789abcd/up/hello",
          "p7/1/_123456789abc/up/hello", "p7/1/0123456789abC/up/hello", "p7/1/0123456789abc/down",
          "/p7/1/x/up/hello"}) {
        CAPTURE(name);
        CHECK_FALSE(wire::parse_topic(name).has_value());
    }
    CHECK(wire::parse_topic("p7/1/0123456789abc/up/hello").has_value());
    CHECK(wire::central_topic("live") == "p7/1/_central/live");
}

TEST_CASE("a device subscribes to its three down topics, central to five shared filters and three plain ones") {
    const auto device = *DeviceId::parse("0123456789abc");
    const auto filters = wire::device_filters(device);
    CHECK(filters[0] == "p7/1/0123456789abc/down/welcome");
    CHECK(filters[1] == "p7/1/0123456789abc/down/ack");
    CHECK(filters[2] == "p7/1/0123456789abc/down/view");
    for (const auto filter : wire::shared_filters()) CHECK(filter.starts_with("$share/central/p7/1/+/up/"));
    CHECK(wire::plain_filters()[2] == wire::central_topic("#"));
}
