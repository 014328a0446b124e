// What a scanned code means to the courier: of a parcel on his list, one he has, a stranger; and in the mode "take" the
// parcel is taken over at once. The bare scan is a fact in any case. Storage thread; owned by the agent.
#pragma once
#include <optional>
#include <string>

#include "agent/app/parcels.hpp"
#include "agent/app/scanning.hpp"

namespace plus7::agent::app {

enum class ScanMode { look, take };

enum class ScanOutcome {
    good,        // on his list; in the mode "take" he has it now
    known,       // he had it already
    unexpected,  // not on his list
    bad,         // misread, or it could not be taken: see why
};

struct ScanShown {
    std::uint64_t n = 0;  // counts up
    std::string code;     // what is no text is shown in hexadecimal
    ScanOutcome outcome = ScanOutcome::bad;
    std::string why;
    std::optional<model::ParcelId> parcel;
    std::optional<model::OrderId> order;
    core::TimeMs at{};
};

class ScanScreen {
  public:
    static constexpr std::string_view many_parcels = "several parcels have this code: choose one in the list";

    ScanScreen(Scanning& scanning, Parcels& parcels, Stamps& stamps)
        : scanning_(scanning), parcels_(parcels), stamps_(stamps) {}

    void set_mode(ScanMode mode) { mode_ = mode; }
    ScanMode mode() const { return mode_; }
    const ScanShown& scan(core::ByteView code);
    const std::optional<ScanShown>& last() const { return last_; }

  private:
    void find(ScanShown& shown, core::ByteView code);
    void take(ScanShown& shown, const store::WorkParcel& parcel);

    Scanning& scanning_;
    Parcels& parcels_;
    Stamps& stamps_;
    ScanMode mode_ = ScanMode::look;
    std::uint64_t count_ = 0;
    std::optional<ScanShown> last_;
};

}  // namespace plus7::agent::app
