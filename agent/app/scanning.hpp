// A code that was read becomes a fact, once. Storage thread; owned by the agent.
#pragma once
#include <optional>
#include <string_view>

#include "agent/app/logbook.hpp"

namespace plus7::agent::app {

// What a code's digits say about its symbol: EAN-13, EAN-8, UPC-A and ITF-14 by length and check digit (GS1 General
// Specifications, 7.9); else unknown. Retail codes (13 and 8 digits) with a wrong check digit were misread: invalid.
core::Result<model::Symbology> symbology_of(core::ByteView code);

struct Scanned {
    bool repeated = false;  // the same code a moment ago: that one is saved, this one is not saved again
    model::Symbology symbology = model::Symbology::unknown;
    store::Saved saved;
};

class Scanning {
  public:
    static constexpr std::size_t max_code = 4096;  // bytes
    static constexpr std::chrono::seconds same_code_within{1};

    static constexpr std::string_view empty_code = "the code is empty";
    static constexpr std::string_view long_code = "the code is longer than 4096 bytes";
    static constexpr std::string_view hand_code = "this code is for the handheld's page";
    static constexpr std::string_view wrong_digit = "the check digit does not fit: scan the code again";

    Scanning(Logbook& logbook, Stamps& stamps) : logbook_(logbook), stamps_(stamps) {}

    // `registry`: that is being taken in at a depot. Durable when it returns. invalid: empty_code, long_code,
    // wrong_digit, hand_code (wire/hand_codes: secrets and personal data are in no fact); limit, unavailable: not
    // saved.
    core::Result<Scanned> scan(core::ByteView code, const std::optional<model::RegistryId>& registry = {});

  private:
    struct Last {
        core::Bytes code;
        std::chrono::milliseconds seen{0};
        Scanned answer;
    };
    Logbook& logbook_;
    Stamps& stamps_;
    std::optional<Last> last_;
};

}  // namespace plus7::agent::app
