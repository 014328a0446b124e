// The pure rules of sending: when again, how signed, where to.
#include <doctest/doctest.h>

#include "central/outbox/schedule.hpp"
#include "central/outbox/webhook_sender.hpp"

using namespace plus7;
using namespace std::chrono_literals;
namespace outbox = central::outbox;

TEST_CASE("tries grow apart, with a fifth more or less") {
    CHECK(outbox::delay_after(1, 0.5) == 10s);
    CHECK(outbox::delay_after(2, 0.5) == 1min);
    CHECK(outbox::delay_after(3, 0.5) == 5min);
    CHECK(outbox::delay_after(4, 0.5) == 30min);
    CHECK(outbox::delay_after(5, 0.5) == 2h);
    CHECK(outbox::delay_after(6, 0.5) == 6h);
    CHECK(outbox::delay_after(60, 0.5) == 6h);
    CHECK(outbox::delay_after(1, 0) == 8s);
    CHECK(outbox::delay_after(1, 0.999) <= 12s);
}

TEST_CASE("the circuit opens after five failures and for longer each time") {
    CHECK(outbox::pause_after(4) == 0s);
    CHECK(outbox::pause_after(5) == 30s);
    CHECK(outbox::pause_after(6) == 60s);
    CHECK(outbox::pause_after(7) == 2min);
    CHECK(outbox::pause_after(500) == 10min);
}

// HMAC-SHA-256 with `openssl dgst -sha256 -hmac whsec_test`.
TEST_CASE("the signature is over the time and the body") {
    CHECK(outbox::signature_of("whsec_test", core::time_us(1'795'000'000'500'000), R"({"a":1})") ==
          "t=1795000000,v1=14cdf372534acd098c83cbb3a5b7081138ef9e1e2ce9f43221f2a73884581201");
}

TEST_CASE("only addresses of the public internet are public") {
    for (const auto* address : {"93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "172.32.0.1", "11.0.0.1"}) {
        CAPTURE(address);
        CHECK(outbox::is_public_address(address));
    }
    for (const auto* address : {"127.0.0.1",
                                "127.9.9.9",
                                "10.1.2.3",
                                "172.16.0.1",
                                "172.31.255.255",
                                "192.168.1.1",
                                "169.254.169.254",
                                "100.64.0.1",
                                "0.0.0.0",
                                "224.0.0.1",
                                "255.255.255.255",
                                "198.18.0.1",
                                "::1",
                                "::",
                                "fc00::1",
                                "fd12::1",
                                "fe80::1",
                                "ff02::1",
                                "::ffff:10.0.0.1",
                                "::ffff:127.0.0.1",
                                "64:ff9b::a00:1",
                                "2002:7f00:1::",
                                "::7f00:1",
                                "2001:db8::1",
                                "",
                                "localhost",
                                "10.0.0.1%eth0"}) {
        CAPTURE(address);
        CHECK_FALSE(outbox::is_public_address(address));
    }
}
