#include "shared/crypto/x509_parts.hpp"

#include <arpa/inet.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>

#include "shared/core/random.hpp"

namespace plus7::crypto {
namespace {

bool printable(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c != 0x7f; });
}

bool is_dns_name(std::string_view text) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
               c == '*';
    };
    return !text.empty() && text.size() <= 253 && std::all_of(text.begin(), text.end(), allowed);
}

std::string text_of(const ASN1_STRING* text) {
    return std::string(
        core::text_of({ASN1_STRING_get0_data(text), static_cast<std::size_t>(ASN1_STRING_length(text))}));
}

std::string address_text(const ASN1_STRING* bytes) {
    const int size = ASN1_STRING_length(bytes);
    if (size != 4 && size != 16) return {};
    std::array<char, INET6_ADDRSTRLEN> out{};
    ::inet_ntop(size == 4 ? AF_INET : AF_INET6, ASN1_STRING_get0_data(bytes), out.data(), out.size());
    return out.data();
}

void push_text(GENERAL_NAMES* names, int kind, std::string_view text) {
    GeneralNamePtr name(GENERAL_NAME_new());
    ASN1_IA5STRING* value = ASN1_IA5STRING_new();
    require(name && value && ASN1_STRING_set(value, text.data(), static_cast<int>(text.size())) == 1, "name");
    GENERAL_NAME_set0_value(name.get(), kind, value);
    require(sk_GENERAL_NAME_push(names, name.get()) > 0, "list of names");
    name.release();
}

bool push_address(GENERAL_NAMES* names, const std::string& text) {
    ASN1_OCTET_STRING* value = a2i_IPADDRESS(text.c_str());
    if (value == nullptr) return false;
    GeneralNamePtr name(GENERAL_NAME_new());
    require(name != nullptr, "address");
    GENERAL_NAME_set0_value(name.get(), GEN_IPADD, value);
    require(sk_GENERAL_NAME_push(names, name.get()) > 0, "list of names");
    name.release();
    return true;
}

}  // namespace

core::Result<X509Ptr> certificate_from_pem(std::string_view pem) {
    auto reader = reader_of(pem);
    if (!reader) return reader.error().context("certificate");
    X509Ptr certificate(PEM_read_bio_X509(reader->get(), nullptr, refuse_passphrase, nullptr));
    if (!certificate) return openssl_error(core::ErrorKind::invalid, "not a readable PEM certificate");
    return certificate;
}

std::string pem_of(X509* certificate) {
    const BioPtr writer(BIO_new(BIO_s_mem()));
    require(writer && PEM_write_bio_X509(writer.get(), certificate) == 1, "writing a certificate");
    return std::string(core::text_of(content_of(writer.get())));
}

core::Bytes der_of(const X509* certificate) {
    core::Bytes out(static_cast<std::size_t>(std::max(0, i2d_X509(certificate, nullptr))));
    auto* at = out.data();
    require(!out.empty() && i2d_X509(certificate, &at) > 0, "encoding a certificate");
    return out;
}

bool is_p256(const EVP_PKEY* key) {
    std::array<char, 64> group{};
    std::size_t size = 0;
    return EVP_PKEY_get_base_id(key) == EVP_PKEY_EC &&
           EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) == 1 &&
           std::string_view(group.data(), size) == "prime256v1";
}

core::Bytes public_key_der(const EVP_PKEY* key) {
    core::Bytes out(static_cast<std::size_t>(std::max(0, i2d_PUBKEY(key, nullptr))));
    auto* at = out.data();
    require(!out.empty() && i2d_PUBKEY(key, &at) > 0, "encoding a public key");
    return out;
}

TimePtr asn1_time(core::TimeUs at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const auto rest = std::chrono::floor<std::chrono::seconds>(at - day);
    TimePtr time(
        ASN1_TIME_adj(nullptr, 0, static_cast<int>(day.time_since_epoch().count()), static_cast<long>(rest.count())));
    require(time != nullptr, "time of a certificate");
    return time;
}

core::Result<core::TimeUs> from_asn1_time(const ASN1_TIME* time) {
    static const TimePtr epoch = asn1_time(core::TimeUs{});
    int days = 0;
    int seconds = 0;
    if (time == nullptr || ASN1_TIME_diff(&days, &seconds, epoch.get(), time) != 1) {
        return openssl_error(core::ErrorKind::invalid, "unreadable time in a certificate");
    }
    return core::TimeUs{std::chrono::days{days} + std::chrono::seconds{seconds}};
}

std::string serial_hex(const ASN1_INTEGER* serial) {
    return core::to_hex({ASN1_STRING_get0_data(serial), static_cast<std::size_t>(ASN1_STRING_length(serial))});
}

core::Result<IntegerPtr> serial_from_hex(std::string_view hex) {
    const auto bytes = core::from_hex(hex);
    if (!bytes || bytes->empty() || bytes->size() > 20) {
        return core::invalid("a certificate's serial is 1 to 20 bytes in hex");
    }
    const BigNumberPtr number(BN_bin2bn(bytes->data(), static_cast<int>(bytes->size()), nullptr));
    IntegerPtr serial(number ? BN_to_ASN1_INTEGER(number.get(), nullptr) : nullptr);
    require(serial != nullptr, "serial of a certificate");
    return serial;
}

IntegerPtr random_serial() {
    auto bytes = core::random_bytes(16);
    while (bytes[0] == 0) core::fill_random(std::span(bytes).first(1));
    return std::move(serial_from_hex(core::to_hex(bytes))).value();
}

core::Result<std::string> common_name(const X509_NAME* name) {
    const int first = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (first < 0) return std::string();
    if (X509_NAME_get_index_by_NID(name, NID_commonName, first) >= 0) return core::invalid("more than one common name");
    const ASN1_STRING* data = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, first));
    unsigned char* utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, data);
    if (size < 0) return openssl_error(core::ErrorKind::invalid, "unreadable common name");
    std::string text(core::text_of({utf8, static_cast<std::size_t>(size)}));
    OPENSSL_free(utf8);
    if (!printable(text)) return core::invalid("control characters in the common name");
    return text;
}

core::Result<NamePtr> name_with(std::string_view common_name) {
    if (common_name.empty() || common_name.size() > 64 || !printable(common_name)) {
        return core::invalid("a common name has 1 to 64 printable characters");
    }
    NamePtr name(X509_NAME_new());
    require(name != nullptr, "name of a certificate");
    const auto bytes = core::view_of(common_name);
    if (X509_NAME_add_entry_by_NID(name.get(), NID_commonName, MBSTRING_UTF8, bytes.data(),
                                   static_cast<int>(bytes.size()), -1, 0) != 1) {
        return openssl_error(core::ErrorKind::invalid, "common name");
    }
    return name;
}

core::Result<Names> alternative_names(const X509* certificate) {
    int found = 0;
    const GeneralNamesPtr list(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, &found, nullptr)));
    if (!list) {
        if (found == -1) return Names{};
        return openssl_error(core::ErrorKind::invalid, "unreadable alternative names");
    }
    Names names;
    for (int i = 0; i < sk_GENERAL_NAME_num(list.get()); ++i) {
        int kind = 0;
        const auto* value =
            static_cast<const ASN1_STRING*>(GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(list.get(), i), &kind));
        if (kind == GEN_DNS) names.dns.push_back(text_of(value));
        if (kind == GEN_IPADD) names.addresses.push_back(address_text(value));
        if (kind == GEN_URI) names.uris.push_back(text_of(value));
    }
    return names;
}

core::Status add_alternative_names(X509* certificate, const Names& names) {
    const GeneralNamesPtr list(GENERAL_NAMES_new());
    require(list != nullptr, "list of names");
    for (const auto& dns : names.dns) {
        if (!is_dns_name(dns)) return core::invalid("not a DNS name for a certificate: " + dns);
        push_text(list.get(), GEN_DNS, dns);
    }
    for (const auto& address : names.addresses) {
        if (!push_address(list.get(), address)) {
            return openssl_error(core::ErrorKind::invalid, "not an IP address: " + address);
        }
    }
    for (const auto& uri : names.uris) push_text(list.get(), GEN_URI, uri);
    require(X509_add1_ext_i2d(certificate, NID_subject_alt_name, list.get(), 0, X509V3_ADD_DEFAULT) == 1,
            "alternative names");
    return {};
}

bool has_extended_use(X509* certificate, std::string_view oid) {
    const KeyUsesPtr uses(
        static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(certificate, NID_ext_key_usage, nullptr, nullptr)));
    for (int i = 0; uses && i < sk_ASN1_OBJECT_num(uses.get()); ++i) {
        std::array<char, 80> text{};
        OBJ_obj2txt(text.data(), static_cast<int>(text.size()), sk_ASN1_OBJECT_value(uses.get(), i), 1);
        if (oid == text.data()) return true;
    }
    ERR_clear_error();
    return false;
}

}  // namespace plus7::crypto
