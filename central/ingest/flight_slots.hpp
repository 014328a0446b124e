// Which batches are being handled, in a small file mapped into memory: it costs two stores per batch, and survives the
// death of the process (not of the machine, which no batch can cause). What is found in it at the next start was being
// handled when the process died. Owned by Ingest; any thread.
#pragma once
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/wire/lane.hpp"

namespace plus7::central::ingest {

struct Flight {
    core::DeviceId device;
    core::Epoch epoch;
    wire::Lane lane = wire::Lane::fact;
    std::uint64_t first_seq = 0, records = 0;
    bool operator==(const Flight&) const = default;
};

class FlightSlots {
  public:
    static constexpr std::size_t slots = 1024;  // more at a time are not written down

    // Makes the file when there is none. unavailable with the path and the system's reason.
    static core::Result<std::unique_ptr<FlightSlots>> open(const std::filesystem::path& path);
    ~FlightSlots();
    FlightSlots(const FlightSlots&) = delete;
    FlightSlots& operator=(const FlightSlots&) = delete;

    // What the process before left behind; the file is empty then.
    std::vector<Flight> take_left_behind();

    // Occupies a slot as long as it lives; outlived by the slots.
    class Ticket {
      public:
        Ticket() = default;
        Ticket(FlightSlots& owner, std::size_t slot) : owner_(&owner), slot_(slot) {}
        Ticket(Ticket&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)), slot_(other.slot_) {}
        Ticket& operator=(Ticket&& other) noexcept;
        ~Ticket();

      private:
        FlightSlots* owner_ = nullptr;
        std::size_t slot_ = 0;
    };
    Ticket begin(const Flight& flight);

  private:
    struct Slot;
    explicit FlightSlots(Slot* mapped);
    void end(std::size_t slot);

    Slot* mapped_;
    std::mutex lock_;
    std::vector<std::size_t> free_;
};

}  // namespace plus7::central::ingest
