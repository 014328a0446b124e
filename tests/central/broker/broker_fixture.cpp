#include "tests/central/broker/broker_fixture.hpp"

#include "central/broker/plain_file.hpp"

namespace plus7::test {
namespace {
constexpr auto limit = std::chrono::seconds{20};
}

BrokerFixture::BrokerFixture() {
    std::filesystem::permissions(dir.path(), std::filesystem::perms::others_exec, std::filesystem::perm_options::add);
    auto opened = central::broker::AuthorityFolder::open(dir.path() / "ca", {{"localhost"}, {"127.0.0.1"}}, clock);
    REQUIRE(opened.ok());
    authority = std::move(*opened);
    bool ready = false;
    std::string problem;
    central::broker::ManagedBrokerOptions options;
    options.folder = dir.path() / "broker";
    options.port = 0;
    auto started = central::broker::ManagedBroker::start(
        loop, *authority, options, [&] { ready = true; }, [&](const core::Error& why) { problem = why.message; });
    REQUIRE_MESSAGE(started.ok(), (started.ok() ? "" : started.error().message));
    broker = std::move(*started);
    const bool came = until([&] { return ready || !problem.empty(); });
    REQUIRE_MESSAGE((came && ready), problem);
}

BrokerFixture::~BrokerFixture() {
    bool stopped = false;
    broker->stop(std::chrono::seconds{5}, [&] { stopped = true; });
    until([&] { return stopped; });
}

mqtt::ClientOptions BrokerFixture::access_of(const std::string& user, const std::string& password) const {
    mqtt::ClientOptions options;
    options.host = access().host;
    options.port = access().port;
    options.client_id = user + "-" + core::random_id<core::Nonce>().hex();
    options.user = user;
    options.password = runtime::Secret(password);
    options.timings.backoff.base = std::chrono::milliseconds{200};
    return options;
}

Enrolled BrokerFixture::enrol() {
    Enrolled made;
    const auto key = crypto::TlsKey::generate();
    const auto issued =
        authority->issue_device(*crypto::make_csr(key, made.id.text()), made.id, core::random_id<core::PublicKey>());
    REQUIRE(issued.ok());
    made.serial = issued->serial;
    made.files = {dir.file("ca/ca.crt"), dir.file(made.id.text() + ".crt"), dir.file(made.id.text() + ".key")};
    REQUIRE(central::broker::write_plain_file(made.files.cert_file, issued->pem).ok());
    REQUIRE(crypto::write_secret_file(made.files.key_file, key.pem().bytes()).ok());
    return made;
}

std::unique_ptr<Listening> BrokerFixture::listen(mqtt::ClientOptions options) {
    auto listening = std::make_unique<Listening>();
    listening->client = std::make_unique<mqtt::PahoClient>(loop, std::move(options), *listening);
    listening->client->start();
    return listening;
}

std::unique_ptr<Listening> BrokerFixture::service(const std::string& user, const std::string& password) {
    return listen(access_of(user, password));
}

std::unique_ptr<Listening> BrokerFixture::device(const Enrolled& enrolled) {
    mqtt::ClientOptions options;
    options.host = "127.0.0.1";
    options.port = broker->device_port();
    options.client_id = enrolled.id.text();
    options.tls = enrolled.files;
    options.timings.backoff.base = std::chrono::milliseconds{200};
    return listen(std::move(options));
}

bool BrokerFixture::until(const std::function<bool()>& condition) { return loop.run_until(condition, limit); }

bool BrokerFixture::all_connected(const std::vector<Listening*>& clients) {
    return until([&] {
        for (const auto* one : clients)
            if (!one->client->connected()) return false;
        return true;
    });
}

bool BrokerFixture::subscribe(Listening& who, const std::string& filter) {
    bool answered = false;
    if (!who.client->subscribe({{filter, mqtt::Qos::at_least_once}}, [&](const auto&) { answered = true; }))
        return false;
    return until([&] { return answered; });
}

mqtt::PublishResult BrokerFixture::publish(Listening& who, const std::string& topic, const std::string& text) {
    std::optional<mqtt::PublishResult> result;
    const auto bytes = core::copy_of(core::view_of(text));
    if (!who.client->publish({topic, bytes, mqtt::Qos::at_least_once, false, {}},
                             [&](mqtt::PublishResult r) { result = r; }))
        return {};
    until([&] { return result.has_value(); });
    return result.value_or(mqtt::PublishResult{});
}

}  // namespace plus7::test
