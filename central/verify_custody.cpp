#include "central/verify_custody.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>

#include "shared/crypto/sha256.hpp"
#include "shared/proof/report_text.hpp"

namespace plus7::central {
namespace {

core::Result<std::string> read_file(const std::string& name) {
    std::ifstream file(name, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file.is_open() || file.bad()) return core::unavailable("cannot read " + name);
    return bytes;
}

int unusable(const core::Error& error) {
    std::cerr << "plus7-central: " << error.message << "\n";
    return 2;
}

// Says whose photo or signature it is.
bool is_named(const proof::Report& report, const std::string& name, const core::Hash& sha256) {
    for (const auto& link : report.links) {
        if (std::find(link.blobs.begin(), link.blobs.end(), sha256) == link.blobs.end()) continue;
        std::cout << name << ": attached to link " << link.number << "\n";
        return true;
    }
    std::cout << "! " << name << ": no link names it, or it was changed\n";
    return false;
}

}  // namespace

int verify_custody_command(const VerifyCustody& asked) {
    const auto file = read_file(asked.file);
    if (!file) return unusable(file.error());
    std::optional<std::string> authority;
    if (!asked.authority.empty()) {
        auto pem = read_file(asked.authority);
        if (!pem) return unusable(pem.error());
        authority = std::move(*pem);
    }
    std::vector<proof::HandheldFile> handhelds;
    for (const auto& name : asked.handhelds) {
        const auto bytes = read_file(name);
        if (!bytes) return unusable(bytes.error());
        auto opened = proof::open_handheld_file(*bytes);
        if (!opened) return unusable(opened.error().context(name));
        handhelds.push_back(std::move(*opened));
    }
    const auto report = proof::check(core::view_of(*file), authority, handhelds);
    if (!report) return unusable(report.error());
    std::cout << proof::to_text(*report);
    bool is_whole = report->is_whole();
    for (const auto& name : asked.blobs) {
        const auto blob = read_file(name);
        if (!blob) return unusable(blob.error());
        is_whole &= is_named(*report, name, crypto::sha256(core::view_of(*blob)));
    }
    return is_whole ? 0 : 1;
}

}  // namespace plus7::central
