#include "central/api/custody_words.hpp"

#include <algorithm>
#include <array>

namespace plus7::central::api {
namespace {

struct Word {
    std::string_view name, russian, english;
};

constexpr std::array<Word, 97> table{{
    {"title", "Цепочка хранения посылки", "Chain of custody of parcel"},
    {"order", "Заказ", "Order"},
    {"upto", "Состояние на", "As of"},
    {"version", "версия", "version"},
    {"codes", "Штрихкоды", "Barcodes"},
    {"holder", "У кого", "Held by"},
    {"status", "Статус", "Status"},
    {"missing", "Передач без записи", "Unrecorded handovers"},
    {"clear", "Сомнение", "Doubt"},
    {"unclear", "по записям она с той же вероятностью у другого", "by the records somebody else may hold it as likely"},
    {"result", "Проверка", "Check"},
    {"whole", "все звенья сходятся", "every link fits"},
    {"story", "Кто и когда передавал", "Who handed it on, and when"},
    {"n", "№", "No."},
    {"when", "Когда", "When"},
    {"what", "Что произошло", "What happened"},
    {"who", "Кто и где записал", "Who told it, and where"},
    {"proved", "Чем подтверждено", "What stands behind it"},
    {"courier", "курьер", "courier"},
    {"staff", "сотрудник", "staff"},
    {"central", "центр", "central"},
    {"depot", "склад", "depot"},
    {"point", "пункт", "point"},
    {"seller", "отправитель", "sender"},
    {"customer", "получатель", "recipient"},
    {"lost", "утеряна", "lost"},
    {"unknown", "неизвестно кто", "unknown"},
    {"device", "устройство", "handheld"},
    {"fact", "запись", "fact"},
    {"received", "дошло", "arrived"},
    {"no_place", "место неизвестно", "place unknown"},
    {"scanned", "отсканировано", "scanned"},
    {"parcel.registered", "Заведена", "Entered"},
    {"parcel.planned", "Назначена:", "Planned for"},
    {"parcel.unplanned", "Курьер снят", "Courier taken away"},
    {"parcel.cancelled", "Отменена", "Cancelled"},
    {"parcel.transfer_overdue", "Вторая половина передачи не пришла за сутки",
     "The other half did not come within a day"},
    {"parcel.storage_over", "Срок хранения вышел", "Storage is over"},
    {"parcel.damaged", "Повреждена", "Damaged"},
    {"parcel.attempt_failed", "Не вручена", "Not delivered"},
    {"corrected", "Отменена прежняя запись", "Took back an earlier record"},
    {"money.taken", "Взяты деньги", "Money was taken"},
    {"scan", "Отсканирована", "Scanned"},
    {"trust.gps", "время GPS", "GPS time"},
    {"trust.mono", "время по счётчику", "time by counter"},
    {"trust.wall", "часы устройства", "device clock"},
    {"trust.received", "время приёма", "time of arrival"},
    {"trust.central", "время центра", "central's time"},
    {"proof.code", "код получателя", "the recipient's code"},
    {"proof.code_wrong", "код не тот", "a wrong code"},
    {"proof.signature", "подпись", "signature"},
    {"proof.photo", "фото", "photo"},
    {"proof.document", "документ проверен", "a document was looked at"},
    {"proof.recipient_qr", "QR получателя", "the recipient's QR"},
    {"proof.unknown", "другое", "other"},
    {"effect.joined", "Подтвердил и второй участник.", "The other side told it too."},
    {"effect.half", "Сказал один участник, второй ещё нет.", "One side told it, the other has not yet."},
    {"effect.late", "Дошло позже других записей: нынешнего положения не меняет.",
     "Came after other records: does not change where it is now."},
    {"effect.disputed", "Спорная запись: место уже было вручено.", "Disputed: the parcel was delivered already."},
    {"effect.evidence", "Сохранено, но ни на что не влияет.", "Kept, but changes nothing."},
    {"doubt.two_deliveries", "Вручено дважды: спросите обоих курьеров и получателя.",
     "Delivered twice: ask both couriers and the recipient."},
    {"doubt.blocked_courier", "Записал заблокированный курьер: проверьте, у кого вещь.",
     "Told by a blocked courier: check who has the parcel."},
    {"doubt.irregular", "Так вещи обычно не передают: уточните у участников.",
     "Parcels do not usually move like this: ask those who took part."},
    {"doubt.transfer_differs", "Две стороны назвали разных людей: уточните, кто взял.",
     "The two sides name different people: find out who took it."},
    {"doubt.undo_contested", "Запись отменили, но её подтверждает другой или вещь уже ушла дальше.",
     "The record was taken back, but somebody else tells it too or the parcel has moved on."},
    {"doubt.undo_of_nothing", "Отменили запись, которой у этого места нет.",
     "A record was taken back that this parcel does not have."},
    {"status.draft", "Черновик", "Draft"},
    {"status.accepted", "Принят", "Accepted"},
    {"status.with_courier", "Забран", "Collected"},
    {"status.at_depot", "На складе", "At the depot"},
    {"status.in_transit", "Едет на склад", "Between depots"},
    {"status.assigned", "Ждёт курьера", "Waits for courier"},
    {"status.out_for_delivery", "Доставляется", "Out for delivery"},
    {"status.attempt_failed", "Не вручён", "Attempt failed"},
    {"status.arrived_at_point", "В пункте", "At the point"},
    {"status.returning", "Возвращается", "Returning"},
    {"status.returned", "Возвращён", "Returned"},
    {"status.cancelled", "Отменён", "Cancelled"},
    {"status.damaged", "Повреждён", "Damaged"},
    {"status.lost", "Утерян", "Lost"},
    {"status.partly_delivered", "Вручён частично", "Partly delivered"},
    {"status.delivered", "Вручён", "Delivered"},
    {"reason.no_answer", "не отвечает", "no answer"},
    {"reason.not_home", "нет дома", "not at home"},
    {"reason.refused", "отказ", "refused"},
    {"reason.rescheduled", "перенос", "rescheduled"},
    {"reason.wrong_address", "не тот адрес", "wrong address"},
    {"reason.no_access", "не попасть внутрь", "no access"},
    {"reason.no_money", "нет денег", "no money"},
    {"reason.damaged", "повреждена", "damaged"},
    {"own_word", "слово центра", "central's word"},
    {"false", "НЕ СХОДИТСЯ", "DOES NOT FIT"},
    {"how", "Как проверить", "How to check it"},
    {"how_more",
     "К этому листу есть машинный файл .p7custody: подписанные записи устройств байт в байт и подпись центра. Он "
     "проверяется без связи: plus7-central verify-custody ФАЙЛ --ca ca.crt. Файл тот самый, если его SHA-256 совпадает "
     "с напечатанным здесь. Имён, адресов и телефонов в нём нет.",
     "A machine file .p7custody belongs to this paper: what the handhelds signed, byte for byte, and central's "
     "signature. It is checked offline: plus7-central verify-custody FILE --ca ca.crt. It is the same file if its "
     "SHA-256 is the one printed here. It holds no names, addresses or phones."},
    {"limits",
     "Не доказывается: что между двумя записями одного устройства не было ещё одной об этой посылке, если они не "
     "соседние; слова самого центра; часы и место, которые устройство узнало неверно.",
     "Not proven: that there was no other fact about this parcel between two facts of one handheld that are no "
     "neighbours; central's own words; times and places that a handheld got wrong."},
    {"file_sha", "SHA-256 файла", "SHA-256 of the file"},
    {"ca", "Удостоверяющий центр (SHA-256)", "Certificate authority (SHA-256)"},
}};

}  // namespace

std::string CustodyWords::operator()(std::string_view name) const {
    const auto* word = std::find_if(table.begin(), table.end(), [&](const Word& one) { return one.name == name; });
    if (word == table.end()) return std::string(name);
    return std::string(is_english_ ? word->english : word->russian);
}

}  // namespace plus7::central::api
