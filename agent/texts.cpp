#include "agent/texts.hpp"

#include <array>
#include <cstdlib>

#include "agent/app/money.hpp"
#include "agent/app/parcels.hpp"
#include "agent/app/scanning.hpp"
#include "agent/app/shift.hpp"

namespace plus7::agent {
namespace {

struct Text {
    std::string_view english;
    std::string_view russian;
};

constexpr std::array texts{
    Text{"the map was loaded", "карта загружена"},
    Text{app::Scanning::empty_code, "код пустой"},
    Text{app::Scanning::long_code, "код длиннее 4096 байт"},
    Text{app::Scanning::wrong_digit, "контрольная цифра не сходится: отсканируйте код ещё раз"},
    Text{app::Shift::no_courier, "за этим устройством не закреплён курьер: попросите диспетчера закрепить"},
    Text{app::Shift::device_locked, "устройство заблокировано диспетчером"},
    Text{app::Shift::already_open, "смена уже открыта"},
    Text{app::Shift::not_open, "смена не открыта"},
    Text{app::Shift::on_break, "сначала закончите перерыв"},
    Text{app::Shift::no_break, "перерыв не начат"},
    Text{app::Parcels::bad_again, "время получателя должно быть впереди, не дальше двух недель"},
    Text{app::Parcels::no_shift, "сначала начните смену"},
    Text{app::Parcels::no_parcel, "такого места на этом устройстве нет"},
    Text{app::Parcels::not_on_board, "этого места у вас нет: сначала примите его сканером"},
    Text{app::Parcels::has_it, "это место уже у вас"},
    Text{app::Parcels::needs_code, "сначала спросите у получателя код"},
    Text{app::Parcels::needs_signature, "получатель должен расписаться"},
    Text{app::Parcels::needs_picture, "сначала сделайте фотографию"},
    Text{app::Parcels::needs_document, "сначала посмотрите документ получателя"},
    Text{app::Codes::wrong_code, "код не подходит"},
    Text{app::Codes::no_tries, "пять неверных кодов: спросите диспетчера или возьмите другое подтверждение"},
    Text{app::Codes::no_code, "код здесь не нужен"},
    Text{app::Parcels::no_site, "такого склада или пункта нет"},
    Text{app::Money::no_order, "такого заказа на этом устройстве нет"},
    Text{app::Parcels::no_reason, "такой причины нет"},
    Text{app::Parcels::needs_photo, "к этой причине нужна фотография"},
    Text{app::Parcels::needs_calls, "сначала позвоните: для этой причины нужно больше звонков"},
    Text{app::Parcels::too_late, "здесь отменить уже нельзя: попросите диспетчера"},
    Text{app::Parcels::nothing_to_undo, "отменять нечего"},
    Text{app::Money::other_currency, "за этот заказ в такой валюте ничего не берут"},
    Text{app::Money::no_amount, "сумма должна быть больше нуля"},
    Text{app::Money::too_much, "это больше, чем нужно взять"},
    Text{app::Money::taken_already, "эти деньги уже взяты"},
    Text{"no tasks", "заданий нет"},
    Text{"saved: {}", "сохранено: {}"},
    Text{"on board", "на борту"},
    Text{"saved: {} ({}, no. {})", "сохранено: {} ({}, № {})"},
    Text{"already saved a moment ago: {}", "уже сохранено только что: {}"},
    Text{"not saved: {}: {}", "не сохранено: {}: {}"},
    Text{"not known whether saved: {}: {}", "неизвестно, сохранено ли: {}: {}"},
    Text{"shift of courier {} has started", "смена курьера {} началась"},
    Text{"shift of courier {} has ended, {} m", "смена курьера {} окончена, {} м"},
    Text{"a part of its track could not be saved", "часть трека сохранить не удалось"},
    Text{"refused: {}", "отказано: {}"},
    Text{"no agent is running (data directory {}); start it with `plus7-agent run`",
         "агент не запущен (каталог данных {}); запустите `plus7-agent run`"},
    Text{"no agent is running", "агент не запущен"},
    Text{"the agent ended before it answered", "агент завершился, не ответив"},
    Text{"only root and the agent's own user may do this", "это может только root и пользователь агента"},
    Text{"this device is not enrolled: scan the enrolment code of the dispatcher's console, or run `plus7-agent enroll "
         "LINK`",
         "устройство не зарегистрировано: отсканируйте код регистрации из консоли диспетчера или выполните "
         "`plus7-agent enroll ССЫЛКА`"},
    Text{"enrolled as device {}", "зарегистрировано как устройство {}"},
    Text{"the certificate was renewed", "сертификат обновлён"},
    Text{"custody file written: {}, {} bytes", "файл доказательств записан: {}, {} байт"},
    Text{"the configuration is fine", "настройки в порядке"},
    Text{"device", "устройство"},
    Text{"server", "сервер"},
    Text{"connection", "связь"},
    Text{"courier", "курьер"},
    Text{"shift", "смена"},
    Text{"waiting for central", "ждёт отправки"},
    Text{"satellites", "спутники"},
    Text{"scanner", "сканер"},
    Text{"battery", "батарея"},
    Text{"storage", "память"},
    Text{"version", "версия"},
    Text{"nobody is bound", "никто не закреплён"},
    Text{"closed", "закрыта"},
    Text{"on a break since {}", "перерыв с {}"},
    Text{"the break has started", "перерыв начался"},
    Text{"the break is over", "перерыв окончен"},
    Text{"open since {}, {} m", "открыта с {}, {} м"},
    Text{"{} facts, {} track records, {} files", "фактов {}, записей трека {}, файлов {}"},
    Text{"{} facts, {} track records, {} files; the oldest for {} s",
         "фактов {}, записей трека {}, файлов {}; самый старый ждёт {} с"},
    Text{"no gpsd", "нет gpsd"},
    Text{"no receiver", "приёмника нет"},
    Text{"no fix yet", "координат ещё нет"},
    Text{"fix {} s ago", "координаты {} с назад"},
    Text{"ready", "готов"},
    Text{"not connected", "не подключён"},
    Text{"{} %, charging", "{} %, заряжается"},
    Text{"{} %", "{} %"},
    Text{"{} MiB free, step {}", "свободно {} МиБ, ступень {}"},
    Text{"locked", "заблокировано"},
    Text{"offline", "нет связи"},
    Text{"greeting", "соединяется"},
    Text{"running", "на связи"},
    Text{"held", "сервер ждёт решения диспетчера"},
    Text{"leaving", "соединяется заново"},
};

std::string_view translated(Language language, std::string_view english) {
    if (language == Language::english) return english;
    for (const auto& text : texts)
        if (text.english == english) return text.russian;
    return english;
}

}  // namespace

Language language_of(std::string_view lang) { return lang.starts_with("ru") ? Language::russian : Language::english; }

Language language_of_environment() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0') return language_of(value);
    }
    return Language::english;
}

std::string say(Language language, std::string_view english, std::initializer_list<std::string_view> values) {
    std::string out;
    std::string_view left = translated(language, english);
    for (const auto value : values) {
        const auto at = left.find("{}");
        if (at == std::string_view::npos) break;
        out.append(left.substr(0, at)).append(value);
        left.remove_prefix(at + 2);
    }
    return out.append(left);
}

}  // namespace plus7::agent
