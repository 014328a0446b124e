// What a scanned code means to the courier: of a parcel on his list, one he has, a stranger; and in the mode "take" the
// parcel is taken over at once. At a depot the floor answers (app/floor). The bare scan is a fact in any case; a badge
// or a colleague's code is none. Storage thread; owned by the agent.
#pragma once
#include <optional>
#include <string>

#include "agent/app/floor.hpp"
#include "agent/app/parcels.hpp"
#include "agent/app/scanning.hpp"
#include "agent/app/sign_in.hpp"
#include "agent/app/transfers.hpp"

namespace plus7::agent::app {

enum class ScanMode { look, take };

enum class ScanOutcome {
    good,        // on his list; in the mode "take" he has it now
    known,       // he had it already
    unexpected,  // not on his list
    bad,         // misread, it could not be taken, or he is on a break: see why
};

struct ScanShown {
    std::uint64_t n = 0;  // counts up
    store::HandCode kind = store::HandCode::none;
    std::string code;  // what is no text is shown in hexadecimal; of a colleague's code his own one; else nothing
    ScanOutcome outcome = ScanOutcome::bad;
    std::string why;
    std::optional<model::ParcelId> parcel;
    std::optional<model::OrderId> order;
    std::size_t parcels = 0;  // that a colleague's goods brought
    core::TimeMs at{};
};

class ScanScreen {
  public:
    static constexpr std::string_view many_parcels = "several parcels have this code: choose one in the list";

    struct Parts {
        Scanning& scanning;
        Parcels& parcels;
        SignIn& sign_in;
        Transfers& transfers;
        Codes& codes;
        Floor& floor;
        Stamps& stamps;
    };
    explicit ScanScreen(const Parts& parts) : parts_(parts) {}

    void set_mode(ScanMode mode) { mode_ = mode; }
    ScanMode mode() const { return mode_; }
    const ScanShown& scan(core::ByteView code);
    const std::optional<ScanShown>& last() const { return last_; }

  private:
    void hear(ScanShown& shown, std::string_view code);
    void check(ScanShown& shown, std::string_view code);
    void receive(ScanShown& shown, std::string_view code);
    void scan_parcel(ScanShown& shown, core::ByteView code);
    void ask_floor(ScanShown& shown, const core::Result<Scanned>& saved);
    void find(ScanShown& shown, core::ByteView code);
    // "A-10234", or its digits alone.
    std::optional<model::OrderId> order_with_number(std::string_view typed) const;
    void take(ScanShown& shown, const store::WorkParcel& parcel);

    Parts parts_;
    ScanMode mode_ = ScanMode::look;
    std::uint64_t count_ = 0;
    std::optional<ScanShown> last_;
};

}  // namespace plus7::agent::app
