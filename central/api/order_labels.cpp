#include "central/api/order_labels.hpp"

#include "shared/print/label.hpp"

namespace plus7::central::api {
namespace {

const print::LabelWords words{"маршрут", "ячейка", "место", "заказ", "отправитель", "получатель", "время", "взять"};

// 129000 RUB → "1 290 ₽", 129050 → "1 290,50 ₽".
std::string money_text(const store::Money& money) {
    auto whole = std::to_string(money.minor / 100);
    for (auto at = static_cast<std::ptrdiff_t>(whole.size()) - 3; at > 0; at -= 3)
        whole.insert(static_cast<std::size_t>(at), " ");
    const auto rest = money.minor % 100;
    if (rest != 0) whole += "," + std::string(rest < 10 ? "0" : "") + std::to_string(rest);
    return whole + " " + (money.currency == "RUB" ? "₽" : money.currency);
}

std::vector<std::string> address_lines(const store::OrderRow& order, const std::optional<std::string>& point) {
    std::vector<std::string> lines;
    if (point) lines.push_back("Пункт выдачи: " + *point);
    lines.push_back(order.address);
    std::string more;
    const auto add = [&](const char* what, const std::optional<std::string>& value) {
        if (value) more += (more.empty() ? "" : ", ") + std::string(what) + " " + *value;
    };
    add("подъезд", order.entrance);
    add("этаж", order.floor);
    add("домофон", order.intercom);
    if (!more.empty()) lines.push_back(more);
    return lines;
}

}  // namespace

core::Result<std::string> labels_of(const store::OrderRow& order, const std::vector<store::ParcelRow>& parcels,
                                    const std::optional<std::string>& point, bool small) {
    std::vector<print::Label> labels;
    for (const auto& parcel : parcels) {
        print::Label label;
        label.code = label.qr = parcel.codes.front();
        label.piece = std::to_string(parcel.number) + " из " + std::to_string(parcels.size());
        label.order = order.number;
        label.sender = order.sender;
        label.recipient = order.recipient;
        label.address = address_lines(order, point);
        if (order.due) label.cash = money_text(*order.due);
        labels.push_back(std::move(label));
    }
    return print::labels_pdf(labels, words, small ? print::LabelSize::small : print::LabelSize::standard);
}

}  // namespace plus7::central::api
