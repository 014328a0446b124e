// Couriers of the measurement with their handhelds, and orders of one parcel each that are planned for them: what they
// state of taking and delivering, as signed facts in batches of 64.
#pragma once
#include <string>

#include "shared/sql/database.hpp"
#include "tests/bench/ingest/mqtt_load.hpp"
#include "tests/central/ingest/hand_device.hpp"

namespace plus7::bench {

constexpr std::size_t facts_per_batch = 64;

class Couriers {
  public:
    // The company in the database, with so many parcels a courier (a multiple of facts_per_batch).
    Couriers(sql::Database& db, std::size_t couriers, std::size_t parcels_each);

    std::vector<LoadLine> hellos();
    // The next batches of each: the parcels taken over from the sender, then as many delivered.
    std::vector<LoadLine> day(std::size_t parcels_each);
    std::size_t count() const { return all_.size(); }

  private:
    struct Courier {
        test::HandDevice device;
        std::vector<model::ParcelId> parcels{};
        std::size_t at = 0;  // of the next one
    };
    static core::Bytes hand_over(Courier& courier, const model::ParcelId& parcel, bool is_delivery);
    static void add_batches(Courier& courier, std::size_t from, std::size_t count, bool is_delivery, LoadLine& line);

    std::vector<Courier> all_;
};

}  // namespace plus7::bench
