// The agent on a real broker with TLS and client certificates: it comes, and it leaves in order.
#include <doctest/doctest.h>
#include <signal.h>

#include <nlohmann/json.hpp>

#include "shared/crypto/csr.hpp"
#include "shared/wire/live.hpp"
#include "tests/agent/handheld/enrolled_agent.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/mosquitto.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

// Devices come to {port} with their certificates; whoever watches comes to another one.
std::string config_with(std::uint16_t watch_port) {
    return "per_listener_settings true\nlistener {port} 127.0.0.1\ncafile {dir}/ca.crt\ncertfile {dir}/server.crt\n"
           "keyfile {dir}/server.key\nrequire_certificate true\nuse_identity_as_username true\n"
           "listener " +
           std::to_string(watch_port) + " 127.0.0.1\nallow_anonymous true\n";
}

std::map<std::string, std::string> files_of(const crypto::Authority& authority) {
    const auto key = crypto::TlsKey::generate();
    const auto certificate = authority.issue_server(*crypto::make_csr(key, "broker"), {{"localhost"}, {"127.0.0.1"}},
                                                    core::SystemClock{}.now());
    return {{"ca.crt", authority.certificate().pem},
            {"server.crt", certificate.value().pem},
            {"server.key", std::string(key.pem().text())}};
}

std::optional<wire::DeviceState> state_in(const std::string& hex_line) {
    const auto bytes = core::from_hex(hex_line);
    if (!bytes) return std::nullopt;
    const auto state = wire::decode_state(*bytes);
    if (!state) return std::nullopt;
    return *state;
}

}  // namespace

TEST_CASE("the agent says online when it has come and offline when it leaves, and still stops within five seconds") {
    EnrolledAgent agent;
    const auto watch_port = free_port();
    Mosquitto broker(config_with(watch_port), files_of(agent.authority()));
    Process watching({"mosquitto_sub", "-h", "127.0.0.1", "-p", std::to_string(watch_port), "-t",
                      "p7/1/" + agent.device().text() + "/state", "-F", "%x"});
    agent.use_broker(broker.port());
    agent.start();
    REQUIRE(eventually([&] { return !watching.lines().empty(); }));
    const auto online = state_in(watching.lines().front());
    REQUIRE(online);
    CHECK(online->online);
    CHECK(online->unacked == 1);
    CHECK(nlohmann::json::parse(agent.run({"status", "--json"}).output)["connection"] == "greeting");

    const auto asked = std::chrono::steady_clock::now();
    agent.process().signal(SIGTERM);
    CHECK(agent.process().wait() == 0);
    CHECK(std::chrono::steady_clock::now() - asked < std::chrono::seconds{5});
    REQUIRE(eventually([&] { return watching.lines().size() >= 2; }));
    const auto offline = state_in(watching.lines().back());
    REQUIRE(offline);
    CHECK_FALSE(offline->online);
    CHECK(offline->nonce == online->nonce);
    CHECK(offline->unacked == 2);  // the start and the stop
}
