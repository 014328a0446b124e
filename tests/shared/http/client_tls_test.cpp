// Which certificates the client believes, against a real `openssl s_server` with certificates made for the test.
#include <doctest/doctest.h>
#include <openssl/pem.h>

#include <fstream>
#include <sstream>

#include "shared/http/client.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

using namespace plus7;
using namespace plus7::http;
using namespace plus7::test;

namespace {

std::string read_file(const std::string& path) {
    std::ifstream in(path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void run(const TempDir& dir, std::vector<std::string> argv) {
    argv.insert(argv.begin(), "openssl");
    Process process(argv, {}, dir.path().string());
    const auto code = process.wait();
    INFO(process.output());
    REQUIRE(code == 0);
}

// A CA "name" with its own key.
void make_ca(const TempDir& dir, const std::string& name, const std::string& subject) {
    run(dir, {"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
              name + ".key", "-out", name + ".pem", "-subj", "/CN=" + subject, "-days", "30", "-addext",
              "basicConstraints=critical,CA:TRUE"});
}

struct Leaf {
    std::string name, ca, san = "IP:127.0.0.1", usage = "serverAuth";
    std::string days = "30";
};

void make_leaf(const TempDir& dir, const Leaf& leaf) {
    run(dir, {"req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", leaf.name + ".key",
              "-out", leaf.name + ".csr", "-subj", "/CN=leaf"});
    std::ofstream(dir.file(leaf.name + ".ext"))
        << "subjectAltName=" << leaf.san << "\nextendedKeyUsage=" << leaf.usage << "\n";
    run(dir, {"x509", "-req", "-in", leaf.name + ".csr", "-CA", leaf.ca + ".pem", "-CAkey", leaf.ca + ".key",
              "-CAcreateserial", "-out", leaf.name + ".pem", "-days", leaf.days, "-extfile", leaf.name + ".ext"});
}

core::Hash fingerprint(const TempDir& dir, const std::string& name) {
    const auto pem = read_file(dir.file(name + ".pem"));
    BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    X509* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
    core::Hash hash;
    unsigned size = 0;
    X509_digest(certificate, EVP_sha256(), hash.value.data(), &size);
    X509_free(certificate);
    BIO_free(bio);
    return hash;
}

struct TlsServer {
    std::uint16_t port = free_port();
    Process process;
    TlsServer(const TempDir& dir, const std::string& leaf, const std::string& chain = {},
              std::vector<std::string> more = {})
        : process(arguments(port, leaf, chain, std::move(more)), {}, dir.path().string()) {
        REQUIRE(process.wait_for("ACCEPT"));
    }
    static std::vector<std::string> arguments(std::uint16_t port, const std::string& leaf, const std::string& chain,
                                              std::vector<std::string> more) {
        std::vector<std::string> all{"openssl", "s_server",    "-accept", "127.0.0.1:" + std::to_string(port),
                                     "-cert",   leaf + ".pem", "-key",    leaf + ".key",
                                     "-www"};
        if (!chain.empty()) all.insert(all.end(), {"-cert_chain", chain + ".pem"});
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    core::Result<Reply> ask(Trust trust, const std::string& host = "127.0.0.1") const {
        ClientSettings settings;
        settings.trust = std::move(trust);
        return Client::make(std::move(settings))
            .value()
            .call({.url = "https://" + host + ":" + std::to_string(port) + "/"});
    }
};

bool is_denied(const core::Result<Reply>& reply) {
    INFO((reply ? "accepted" : reply.error().message));
    CHECK_FALSE(reply.ok());
    return !reply && reply.error().kind == core::ErrorKind::denied;
}

Trust pinned(const core::Hash& hash) { return {.system_roots = true, .pinned_ca = hash}; }

}  // namespace

TEST_CASE("a server is believed by a given CA or by the pinned CA in its chain, and by nothing less") {
    const TempDir dir;
    make_ca(dir, "ca", "plus7 test CA");
    make_ca(dir, "other", "plus7 test CA");
    make_leaf(dir, {.name = "good", .ca = "ca"});
    const auto ca_pem = read_file(dir.file("ca.pem"));
    const auto other_pem = read_file(dir.file("other.pem"));
    const auto ca_pin = fingerprint(dir, "ca");
    {
        const TlsServer with_ca(dir, "good", "ca");
        CHECK(with_ca.ask(pinned(ca_pin)).value().status == 200);
        CHECK(with_ca.ask({.system_roots = false, .ca_pem = ca_pem}).value().body.find("s_server") !=
              std::string::npos);
        CHECK(is_denied(with_ca.ask({})));
        CHECK(is_denied(with_ca.ask(pinned(fingerprint(dir, "other")))));
        CHECK(is_denied(with_ca.ask(pinned(fingerprint(dir, "good")))));
        CHECK(is_denied(with_ca.ask({.system_roots = false, .ca_pem = other_pem})));
        CHECK(is_denied(with_ca.ask(pinned(ca_pin), "localhost")));
    }
    const TlsServer without_ca(dir, "good");
    CHECK(is_denied(without_ca.ask(pinned(ca_pin))));
    CHECK(without_ca.ask({.system_roots = false, .ca_pem = ca_pem}).ok());
}

TEST_CASE("showing the pinned CA beside a certificate that it did not sign does not help") {
    const TempDir dir;
    make_ca(dir, "ca", "plus7 test CA");
    make_ca(dir, "evil", "plus7 test CA");  // the same name, another key
    make_leaf(dir, {.name = "forged", .ca = "evil"});
    const TlsServer server(dir, "forged", "ca");
    CHECK(is_denied(server.ask(pinned(fingerprint(dir, "ca")))));
}

TEST_CASE("a device's certificate of the same CA, or an expired one, is no server's certificate") {
    const TempDir dir;
    make_ca(dir, "ca", "plus7 test CA");
    make_leaf(dir, {.name = "device", .ca = "ca", .usage = "clientAuth"});
    make_leaf(dir, {.name = "old", .ca = "ca", .days = "-1"});
    const auto pin = fingerprint(dir, "ca");
    {
        const TlsServer device(dir, "device", "ca");
        CHECK(is_denied(device.ask(pinned(pin))));
    }
    const TlsServer old(dir, "old", "ca");
    CHECK(is_denied(old.ask(pinned(pin))));
}

TEST_CASE("TLS below 1.2 is refused, and a CA text without certificates is an error at once") {
    const TempDir dir;
    make_ca(dir, "ca", "plus7 test CA");
    make_leaf(dir, {.name = "good", .ca = "ca"});
    const TlsServer server(dir, "good", "ca", {"-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"});
    const auto reply = server.ask(pinned(fingerprint(dir, "ca")));
    REQUIRE_FALSE(reply);
    CHECK(reply.error().kind == core::ErrorKind::unavailable);
    ClientSettings settings;
    settings.trust.ca_pem = "no certificate";
    CHECK(Client::make(settings).error().kind == core::ErrorKind::invalid);
}
