#include "central/demo_seed.hpp"

#include <array>
#include <cstdio>

#include "central/app/couriers/couriers.hpp"
#include "central/app/devices/carrying.hpp"
#include "central/app/devices/enrolment.hpp"
#include "central/app/devices/registry.hpp"
#include "shared/crypto/secret_file.hpp"

namespace plus7::central {
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

// The courier's device; made with him when he is new.
core::Result<store::DeviceRow> device_of(sql::Tx& tx, int number, core::TimeUs now) {
    if (const auto known = store::find_courier_by_code(tx, code_of(number)))
        if (auto device = store::device_of_courier(tx, known->id)) return *device;
    const auto courier = app::couriers::create(tx, {name_of(number), code_of(number), {}}, now);
    if (!courier) return courier.error();
    auto device = app::devices::create_device(tx, "demo " + code_of(number), now);
    if (!device) return device;
    const auto bound = app::devices::bind(tx, courier->id, device->id);
    if (!bound) return bound.error();
    return device;
}

}  // namespace

core::Status seed_demo(sql::Database& db, int couriers, const std::filesystem::path& file,
                       const std::function<std::string(const std::string& token)>& link, core::TimeUs now) {
    std::string lines;
    for (int number = 1; number <= couriers; ++number) {
        const auto token = db.write([&](sql::Tx& tx) -> core::Result<std::string> {
            const auto device = device_of(tx, number, now);
            if (!device) return device.error();
            if (device->state != store::DeviceState::created) return std::string{};
            const auto opened = app::devices::open_enrolment(tx, device->id, now);
            if (!opened) return opened.error();
            return opened->token;
        });
        if (!token) return token.error().context("demo courier " + code_of(number));
        if (!token->empty()) lines += code_of(number) + "\t" + link(*token) + "\n";
    }
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    return crypto::write_secret_file(file, core::view_of(lines));
}

}  // namespace plus7::central
