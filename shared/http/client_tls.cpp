#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "shared/http/client_line.hpp"

namespace plus7::http {

class TlsContext {
  public:
    explicit TlsContext(const Trust& trust)
        : pinned(trust.pinned_ca), context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
        if (!context) throw std::bad_alloc();
        SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
        SSL_CTX_set_mode(context.get(), SSL_MODE_AUTO_RETRY);
    }
    const std::optional<core::Hash> pinned;
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context;
};

namespace {

class TlsLine final : public Line {
  public:
    TlsLine(std::unique_ptr<TcpLine> line, const TlsContext& context)
        : line_(std::move(line)), ssl_(SSL_new(context.context.get()), SSL_free) {
        if (!ssl_) throw std::bad_alloc();
        BIO* bio = BIO_new(bio_method());
        BIO_set_data(bio, this);
        BIO_set_init(bio, 1);
        SSL_set_bio(ssl_.get(), bio, bio);
        if (context.pinned) SSL_set_app_data(ssl_.get(), const_cast<core::Hash*>(&*context.pinned));
        SSL_set_verify(ssl_.get(), SSL_VERIFY_PEER, accept_pinned);
    }

    core::Status handshake(const std::string& host, Deadline deadline) {
        deadline_ = deadline;
        unsigned char raw[16];
        const bool is_address =
            ::inet_pton(AF_INET, host.c_str(), raw) == 1 || ::inet_pton(AF_INET6, host.c_str(), raw) == 1;
        const int named = is_address ? X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_.get()), host.c_str())
                                     : SSL_set1_host(ssl_.get(), host.c_str());
        if (named != 1) return core::invalid("the host name cannot be verified");
        if (!is_address) SSL_set_tlsext_host_name(ssl_.get(), host.c_str());
        ERR_clear_error();
        if (SSL_connect(ssl_.get()) == 1) return {};
        const long verified = SSL_get_verify_result(ssl_.get());
        if (verified != X509_V_OK) {
            return core::denied(std::string("the server's certificate is not trusted: ") +
                                X509_verify_cert_error_string(verified));
        }
        return failure("the TLS handshake failed");
    }

    core::Status write_all(std::string_view bytes, Deadline deadline) override {
        deadline_ = deadline;
        ERR_clear_error();
        std::size_t sent = 0;  // without partial writes SSL_write_ex sends all or fails
        if (bytes.empty() || SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &sent) == 1) return {};
        return failure("the line broke while sending");
    }

    core::Result<std::size_t> read_some(std::span<char> into, Deadline deadline) override {
        deadline_ = deadline;
        ERR_clear_error();
        std::size_t got = 0;
        if (SSL_read_ex(ssl_.get(), into.data(), into.size(), &got) == 1) return got;
        if (SSL_get_error(ssl_.get(), 0) == SSL_ERROR_ZERO_RETURN) return std::size_t{0};
        return failure("the line broke while waiting for the answer");
    }

    bool is_quiet() const override { return SSL_pending(ssl_.get()) == 0 && line_->is_quiet(); }

  private:
    core::Error failure(std::string_view what) {
        if (!error_.message.empty()) return std::exchange(error_, {});
        const auto code = ERR_get_error();
        const char* reason = code ? ERR_reason_error_string(code) : nullptr;
        return core::unavailable(std::string(what) + (reason ? std::string(": ") + reason : ""));
    }

    // OpenSSL's view of the line below. Blocking with a deadline, so SSL_* calls never ask to be repeated.
    static int bio_write(BIO* bio, const char* bytes, int size) {
        auto& self = *static_cast<TlsLine*>(BIO_get_data(bio));
        const auto sent = self.line_->write_all({bytes, static_cast<std::size_t>(size)}, self.deadline_);
        if (sent) return size;
        self.error_ = sent.error();
        return -1;
    }
    static int bio_read(BIO* bio, char* into, int size) {
        auto& self = *static_cast<TlsLine*>(BIO_get_data(bio));
        const auto got = self.line_->read_some({into, static_cast<std::size_t>(size)}, self.deadline_);
        if (got) return static_cast<int>(*got);
        self.error_ = got.error();
        return -1;
    }
    static long bio_control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

    static BIO_METHOD* bio_method() {
        static BIO_METHOD* const method = [] {
            BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "plus7 line");
            BIO_meth_set_write(made, bio_write);
            BIO_meth_set_read(made, bio_read);
            BIO_meth_set_ctrl(made, bio_control);
            return made;
        }();
        return method;
    }

    // Takes a chain that ends in an unknown self-signed certificate if that certificate is the pinned one. OpenSSL then
    // goes on to check names, purposes, dates and every signature below it, so presence in the chain alone proves
    // nothing.
    static int accept_pinned(int is_good, X509_STORE_CTX* store) {
        if (is_good) return 1;
        const int error = X509_STORE_CTX_get_error(store);
        if (error != X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN && error != X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT) return 0;
        const auto* ssl =
            static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
        const auto* pinned = static_cast<const core::Hash*>(SSL_get_app_data(ssl));
        std::array<std::uint8_t, 32> hash{};
        unsigned size = 0;
        if (!pinned || X509_digest(X509_STORE_CTX_get_current_cert(store), EVP_sha256(), hash.data(), &size) != 1)
            return 0;
        if (hash != pinned->value) return 0;
        X509_STORE_CTX_set_error(store, X509_V_OK);
        return 1;
    }

    const std::unique_ptr<TcpLine> line_;
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
    Deadline deadline_{};
    core::Error error_;
};

}  // namespace

core::Result<std::shared_ptr<TlsContext>> make_tls_context(const Trust& trust) {
    auto made = std::make_shared<TlsContext>(trust);
    if (trust.system_roots) SSL_CTX_set_default_verify_paths(made->context.get());
    if (trust.ca_pem.empty()) return made;
    const std::unique_ptr<BIO, decltype(&BIO_free)> pem(
        BIO_new_mem_buf(trust.ca_pem.data(), static_cast<int>(trust.ca_pem.size())), BIO_free);
    int count = 0;
    while (X509* certificate = PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr)) {
        X509_STORE_add_cert(SSL_CTX_get_cert_store(made->context.get()), certificate);
        X509_free(certificate);
        ++count;
    }
    ERR_clear_error();  // the end of the text is reported as an error
    if (count == 0) return core::invalid("the CA text holds no certificate in PEM form");
    return made;
}

core::Result<std::unique_ptr<Line>> start_tls(TlsContext& context, std::unique_ptr<TcpLine> line,
                                              const std::string& host, Deadline deadline) {
    auto tls = std::make_unique<TlsLine>(std::move(line), context);
    const auto shaken = tls->handshake(host, deadline);
    if (!shaken) return shaken.error();
    return std::unique_ptr<Line>(std::move(tls));
}

}  // namespace plus7::http
