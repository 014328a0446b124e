#include "central/demo/people.hpp"

#include <array>
#include <cstdio>

#include "central/app/couriers/couriers.hpp"
#include "central/app/devices/carrying.hpp"
#include "central/app/devices/enrolment.hpp"
#include "central/app/devices/registry.hpp"
#include "central/demo/sites.hpp"
#include "shared/crypto/secret_file.hpp"

namespace plus7::central::demo {
namespace {

constexpr std::array first_names{"Алина", "Борис", "Вера", "Глеб",   "Дарья", "Егор",
                                 "Жанна", "Захар", "Инна", "Кирилл", "Лидия"};
constexpr std::array last_names{"Журавль", "Берёза", "Сокол", "Ромашко", "Ясень", "Калина", "Ветер"};

std::string code_of(int number) {
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "D-%02d", number);
    return text.data();
}

std::string name_of(int number) {
    const auto n = static_cast<std::size_t>(number);
    return std::string(first_names[n % first_names.size()]) + " " + last_names[n % last_names.size()];
}

core::Result<std::vector<app::couriers::NewCourier>> cast_of(sql::Database& db, const People& people,
                                                             core::TimeUs now) {
    std::vector<app::couriers::NewCourier> cast;
    for (int number = 1; number <= people.couriers; ++number) cast.push_back({name_of(number), code_of(number), {}});
    if (!people.at_sites) return cast;
    const auto known = db.write([&](sql::Tx& tx) { return sites(tx, now); });
    if (!known) return known.error();
    cast.push_back({"Лидия Рощина", clerk_code, {}, known->point.id});
    cast.push_back({"Тимур Еловский", worker_code, {}, known->depot.id});
    return cast;
}

// The person's device; made with him when he is new.
core::Result<store::DeviceRow> device_of(sql::Tx& tx, const app::couriers::NewCourier& person, core::TimeUs now) {
    if (const auto known = store::find_courier_by_code(tx, person.code))
        if (auto device = store::device_of_courier(tx, known->id)) return *device;
    const auto courier = app::couriers::create(tx, person, now);
    if (!courier) return courier.error();
    auto device = app::devices::create_device(tx, "demo " + person.code, now);
    if (!device) return device;
    const auto bound = app::devices::bind(tx, courier->id, device->id);
    if (!bound) return bound.error();
    return device;
}

// Empty: his device is enrolled already.
core::Result<std::string> token_for(sql::Tx& tx, const app::couriers::NewCourier& person, core::TimeUs now) {
    const auto device = device_of(tx, person, now);
    if (!device) return device.error();
    if (device->state != store::DeviceState::created) return std::string{};
    const auto opened = app::devices::open_enrolment(tx, device->id, now);
    if (!opened) return opened.error();
    return opened->token;
}

}  // namespace

core::Status seed_people(sql::Database& db, const People& people, const std::filesystem::path& file,
                         const std::function<std::string(const std::string& token)>& link, core::TimeUs now) {
    const auto cast = cast_of(db, people, now);
    if (!cast) return cast.error();
    std::string lines;
    for (const auto& person : *cast) {
        const auto token = db.write([&](sql::Tx& tx) { return token_for(tx, person, now); });
        if (!token) return token.error().context("demonstration, " + person.code);
        if (!token->empty()) lines += person.code + "\t" + link(*token) + "\n";
    }
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    return crypto::write_secret_file(file, core::view_of(lines));
}

}  // namespace plus7::central::demo
