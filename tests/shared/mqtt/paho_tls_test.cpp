#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "shared/mqtt/paho_client.hpp"
#include "tests/shared/mqtt/recording_listener.hpp"
#include "tests/support/mosquitto.hpp"

using namespace plus7;
using namespace plus7::mqtt;
using namespace plus7::test;
using namespace std::chrono_literals;

namespace {

constexpr auto limit = 30s;

// Two authorities; the first signs a broker named localhost and a client named device-1. Made by the openssl program.
struct Certificates {
    explicit Certificates(const std::string& folder) : dir(folder) {
        make_authority("ca");
        make_authority("other");
        make("broker", "/CN=localhost", "subjectAltName=DNS:localhost");
        make("client", "/CN=device-1", "extendedKeyUsage=clientAuth");
        for (const auto& file : std::filesystem::directory_iterator(dir)) {
            std::filesystem::permissions(file,
                                         std::filesystem::perms{0644});  // invented keys, read by the broker's user
        }
    }

    std::string file(const std::string& name) const { return dir + "/" + name; }

    static void run(std::vector<std::string> argv) {
        Process process(std::move(argv));
        if (process.wait() != 0) throw std::runtime_error(process.output());
    }

    void make_authority(const std::string& name) const {
        run({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
             "-subj", "/CN=" + name, "-keyout", file(name + ".key"), "-out", file(name + ".crt")});
    }

    void make(const std::string& name, const std::string& subject, const std::string& extension) const {
        std::ofstream(file(name + ".ext")) << extension << "\n";
        run({"openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
             subject, "-keyout", file(name + ".key"), "-out", file(name + ".csr")});
        run({"openssl", "x509", "-req", "-in", file(name + ".csr"), "-CA", file("ca.crt"), "-CAkey", file("ca.key"),
             "-CAcreateserial", "-days", "30", "-extfile", file(name + ".ext"), "-out", file(name + ".crt")});
    }

    std::string dir;
};

struct TlsBroker {
    TlsBroker() : folder(make_readable(dir)), certificates(folder), broker(config()) {}

    static std::string make_readable(const TempDir& dir) {
        std::filesystem::permissions(dir.path(), std::filesystem::perms{0755});
        return dir.path().string();
    }
    std::string config() const {
        return "listener {port} 127.0.0.1\ncafile " + folder + "/ca.crt\ncertfile " + folder + "/broker.crt\nkeyfile " +
               folder + "/broker.key\nrequire_certificate true\nuse_identity_as_username true\n";
    }
    ClientOptions options(const std::string& host) const {
        auto options = options_for(broker.port(), "device-1");
        options.host = host;
        options.tls =
            TlsFiles{certificates.file("ca.crt"), certificates.file("client.crt"), certificates.file("client.key")};
        return options;
    }

    TempDir dir;
    std::string folder;
    Certificates certificates;
    Mosquitto broker;
};

// The text of the first failure; fails the test when it connects instead.
std::string failure_of(const ClientOptions& options) {
    runtime::Loop loop;
    RecordingListener listener;
    PahoClient client(loop, options, listener);
    client.start();
    REQUIRE(loop.run_until([&] { return !listener.failures.empty() || listener.connects > 0; }, limit));
    REQUIRE(listener.connects == 0);
    return listener.failures[0].text;
}

}  // namespace

TEST_CASE("mutual TLS works with the right certificates, and only with these") {
    const TlsBroker tls;
    SUBCASE("right authority, right name, own certificate") {
        runtime::Loop loop;
        RecordingListener listener;
        PahoClient client(loop, tls.options("localhost"), listener);
        client.start();
        REQUIRE(loop.run_until([&] { return client.connected(); }, limit));
        std::optional<PublishResult> result;
        REQUIRE(client.publish({"t", core::Bytes(60000)}, [&](PublishResult r) { result = r; }));
        REQUIRE(loop.run_until([&] { return result.has_value(); }, limit));
        CHECK(result->ok);
    }
    SUBCASE("a broker of a foreign authority is refused") {
        auto options = tls.options("localhost");
        options.tls->ca_file = tls.certificates.file("other.crt");
        CHECK(!failure_of(options).empty());
    }
    SUBCASE("a broker whose certificate names another host is refused") {
        CHECK(!failure_of(tls.options("127.0.0.1")).empty());
    }
    SUBCASE("a client without certificate is refused by the broker") {
        auto options = tls.options("localhost");
        options.tls->cert_file.clear();
        options.tls->key_file.clear();
        CHECK(!failure_of(options).empty());
    }
    SUBCASE("an authority file that is not there is a failure, not an unverified connection") {
        auto options = tls.options("localhost");
        options.tls->ca_file = tls.certificates.file("missing.crt");
        CHECK(!failure_of(options).empty());
    }
    SUBCASE("a broker without TLS is refused by a client with TLS") {
        const Mosquitto plain;
        auto options = tls.options("localhost");
        options.port = plain.port();
        options.timings.connect_timeout = 2s;
        CHECK(!failure_of(options).empty());
    }
}
