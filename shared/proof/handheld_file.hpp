// A handheld's own custody file (agent/handheld/custody_file, docs/custody-file.md): every fact that it keeps, signed
// by its record key. Pure; any thread.
#pragma once
#include <string_view>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"

namespace plus7::proof {

struct HandheldFile {
    struct Kept {
        core::Bytes record;  // [body, sig]
        bool acked = false;  // central had acknowledged it
    };
    core::DeviceId device;
    core::PublicKey key;
    core::Bytes certificate;  // DER
    std::vector<Kept> facts;
};

// invalid: no such file, cut, changed, or signed by another key than the one it names. Whose the key is, is not looked
// at.
core::Result<HandheldFile> open_handheld_file(std::string_view bytes);

}  // namespace plus7::proof
