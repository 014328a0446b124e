#include "central/ingest/flight_slots.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstring>

namespace plus7::central::ingest {

// As it lies in the file. `taken` is written last and cleared first.
struct FlightSlots::Slot {
    std::atomic<std::uint32_t> taken;
    std::uint32_t lane;
    char device[core::DeviceId::length + 3];
    std::uint8_t epoch[core::Epoch::size];
    std::uint64_t first_seq;
    std::uint64_t records;
};

core::Result<std::unique_ptr<FlightSlots>> FlightSlots::open(const std::filesystem::path& path) {
    const auto failed = [&](const char* what) {
        return core::unavailable(path.string() + ": " + what + ": " + std::strerror(errno));
    };
    constexpr std::size_t bytes = slots * sizeof(Slot);
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return failed("cannot be opened");
    // Space is taken now: a full disk must not become a SIGBUS later.
    if (const int error = ::posix_fallocate(fd, 0, static_cast<off_t>(bytes)); error != 0) {
        ::close(fd);
        errno = error;
        return failed("no space");
    }
    void* mapped = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    ::close(fd);
    if (mapped == MAP_FAILED) return failed("cannot be mapped");
    return std::unique_ptr<FlightSlots>(new FlightSlots(static_cast<Slot*>(mapped)));
}

FlightSlots::FlightSlots(Slot* mapped) : mapped_(mapped) {
    for (std::size_t i = slots; i > 0; --i)
        if (mapped_[i - 1].taken == 0) free_.push_back(i - 1);
}

FlightSlots::~FlightSlots() { ::munmap(mapped_, slots * sizeof(Slot)); }

std::vector<Flight> FlightSlots::take_left_behind() {
    const std::lock_guard guard(lock_);
    std::vector<Flight> found;
    for (std::size_t i = 0; i < slots; ++i) {
        auto& slot = mapped_[i];
        if (slot.taken == 0) continue;
        const auto device = core::DeviceId::parse({slot.device, core::DeviceId::length});
        const auto epoch = core::Epoch::from({slot.epoch, core::Epoch::size});
        if (device && epoch && slot.lane >= 1 && slot.lane <= 3 && slot.first_seq <= INT64_MAX &&
            slot.records <= INT64_MAX)
            found.push_back({*device, *epoch, static_cast<wire::Lane>(slot.lane), slot.first_seq, slot.records});
        slot.taken = 0;
        free_.push_back(i);
    }
    return found;
}

FlightSlots::Ticket FlightSlots::begin(const Flight& flight) {
    std::size_t place = 0;
    {
        const std::lock_guard guard(lock_);
        if (free_.empty()) return {};
        place = free_.back();
        free_.pop_back();
    }
    auto& slot = mapped_[place];
    std::copy(flight.device.text().begin(), flight.device.text().end(), slot.device);
    std::copy(flight.epoch.value.begin(), flight.epoch.value.end(), slot.epoch);
    slot.lane = static_cast<std::uint32_t>(flight.lane);
    slot.first_seq = flight.first_seq;
    slot.records = flight.records;
    slot.taken = 1;
    return {*this, place};
}

void FlightSlots::end(std::size_t place) {
    mapped_[place].taken = 0;
    const std::lock_guard guard(lock_);
    free_.push_back(place);
}

FlightSlots::Ticket& FlightSlots::Ticket::operator=(Ticket&& other) noexcept {
    if (owner_ != nullptr) owner_->end(slot_);
    owner_ = std::exchange(other.owner_, nullptr);
    slot_ = other.slot_;
    return *this;
}

FlightSlots::Ticket::~Ticket() {
    if (owner_ != nullptr) owner_->end(slot_);
}

}  // namespace plus7::central::ingest
