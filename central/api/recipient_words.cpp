#include "central/api/recipient_words.hpp"

#include <algorithm>
#include <array>

namespace plus7::central::api {
namespace {

struct Status {
    std::string_view name, russian, english;
};

constexpr std::array<Status, 16> statuses{{
    {"draft", "Оформляется", "Being prepared"},
    {"accepted", "Принят, ждём посылку от отправителя", "Accepted, waiting for the sender"},
    {"with_courier", "Забрали у отправителя", "Collected from the sender"},
    {"at_depot", "На складе", "At the depot"},
    {"in_transit", "Едет между складами", "On its way between depots"},
    {"assigned", "Назначен курьер", "A courier is assigned"},
    {"out_for_delivery", "Курьер везёт заказ", "The courier is on the way"},
    {"attempt_failed", "Вручить не получилось, попробуем ещё раз", "Could not be handed over, we try again"},
    {"arrived_at_point", "Ждёт в пункте выдачи", "Waiting at the pickup point"},
    {"returning", "Возвращается отправителю", "Going back to the sender"},
    {"returned", "Возвращён отправителю", "Returned to the sender"},
    {"cancelled", "Отменён", "Cancelled"},
    {"damaged", "Повреждён, свяжемся с вами", "Damaged, we will contact you"},
    {"lost", "Ищем, свяжемся с вами", "We are looking for it and will contact you"},
    {"partly_delivered", "Вручён частично", "Partly delivered"},
    {"delivered", "Вручён", "Delivered"},
}};

const Status* find(std::string_view name) {
    const auto* found =
        std::find_if(statuses.begin(), statuses.end(), [&](const Status& status) { return status.name == name; });
    return found == statuses.end() ? nullptr : found;
}

std::string_view in_russian(std::string_view name) { return find(name) ? find(name)->russian : name; }
std::string_view in_english(std::string_view name) { return find(name) ? find(name)->english : name; }

constexpr RecipientWords russian{
    "ru",
    "Доставки",
    "Заказ",
    "от",
    "Код для курьера",
    "Назовите его или дайте отсканировать, когда получите заказ в руки. До этого не сообщайте никому: ни по "
    "телефону, ни в сообщениях.",
    "При получении нужно оплатить заказ: сумму назовёт курьер.",
    "Такого заказа нет. Проверьте ссылку.",
    "Пункт выдачи",
    "Открыт",
    "Хранится до конца дня",
    "Код для получения",
    "При получении нужно оплатить заказ: сумму назовут в пункте выдачи.",
    "Едет в пункт выдачи",
    in_russian};
constexpr RecipientWords english{
    "en",
    "Deliveries",
    "Order",
    "from",
    "Code for the courier",
    "Say it, or let it be scanned, when the parcel is in your hands. Tell nobody before, neither by phone nor in messages.",
    "The order is paid on delivery: the courier will name the amount.",
    "There is no such order. Check the link.",
    "Pickup point",
    "Open",
    "Kept until the end of",
    "Code for collecting it",
    "The order is paid on collection: the pickup point will name the amount.",
    "On its way to the pickup point",
    in_english};

}  // namespace

const RecipientWords& recipient_words(std::string_view accept_language) {
    return accept_language.starts_with("en") ? english : russian;
}

}  // namespace plus7::central::api
