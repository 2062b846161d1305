"""Every sentence of the cabinet, Russian and English side by side."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dashboard.cabinet.access.holdings import LENDABLE
from dashboard.cabinet.contract_texts import CONTRACT_LETTERS, CONTRACT_TEXTS
from dashboard.cabinet.desk_texts import DESK_TEXTS
from dashboard.cabinet.energy_texts import ENERGY_TEXTS
from dashboard.cabinet.letter_texts import MORE_LETTERS
from dashboard.cabinet.page_texts import PAGE_TEXTS
from dashboard.cabinet.service_texts import SERVICE_TEXTS
from dashboard.sentences import TEXTS as SHARED
from dashboard.text import Words

TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "cabinet": ("Личный кабинет", "Customer cabinet"),
        # Signing in
        "sign_in": ("Войти", "Sign in"),
        "sign_in_title": ("Вход в личный кабинет", "Sign in"),
        "login": ("Лицевой счёт или e-mail", "Account number or e-mail"),
        "password": ("Пароль", "Password"),
        "sign_in_wrong": (
            "Не получилось войти: проверьте лицевой счёт или e-mail и пароль.",
            "That did not work: check the account number or e-mail and the password.",
        ),
        "limited": (
            "Слишком много попыток подряд. Подождите немного и попробуйте снова.",
            "Too many attempts in a row. Wait a little and try again.",
        ),
        "form_stale": (
            "Форма устарела. Проверьте поля и отправьте её ещё раз.",
            "The form has expired. Check the fields and send it again.",
        ),
        "remember": ("Запомнить меня на этом устройстве", "Remember me on this device"),
        "password_forgotten": ("Забыли пароль?", "Forgot the password?"),
        "reading_without_sign_in": ("Передать показание без входа", "Send a reading without signing in"),
        "signed_out": ("Вы вышли из кабинета.", "You have signed out."),
        "signed_out_how": ("Чтобы продолжить, войдите снова.", "Sign in again to go on."),
        # Registering
        "register": ("Зарегистрироваться", "Register"),
        "register_title": ("Регистрация", "Registration"),
        "account_number": ("Лицевой счёт", "Account number"),
        "account_number_help": ("12 цифр в верхней части квитанции", "12 digits at the top of the bill"),
        "last_payment": ("Сумма последнего платежа, ₽", "Sum of the last payment, ₽"),
        "last_payment_help": (
            "Например 1250,40. Платёж виден нам на следующий день.",
            "For example 1250.40. A payment reaches us the day after.",
        ),
        "email": ("E-mail", "E-mail"),
        "new_password": ("Новый пароль", "New password"),
        "new_password_help": (
            "Не короче 10 знаков. Несколько слов подряд запомнить легче всего.",
            "At least 10 characters. A few words in a row are the easiest to remember.",
        ),
        "consent": (
            "Согласен на обработку персональных данных (152-ФЗ)",
            "I agree to the processing of my personal data (152-FZ)",
        ),
        "have_cabinet": ("Уже есть кабинет?", "Have a cabinet already?"),
        "letter_sent_title": ("Проверьте почту", "Check your mail"),
        "letter_sent": (
            (
                "Мы отправили письмо на указанный адрес. В нём написано, что делать дальше. Если письма нет, загляните"
                " в"
                " «Спам»."
            ),
            (
                "We have sent a letter to that address. It says what to do next. If there is none, look into the spam"
                " folder."
            ),
        ),
        "confirm_title": ("Подтверждение e-mail", "Confirm the e-mail"),
        "confirm": ("Подтвердить e-mail", "Confirm the e-mail"),
        "confirmed": ("E-mail подтверждён. Теперь можно войти.", "The e-mail is confirmed. You can sign in now."),
        "link_bad": (
            "Ссылка уже использована или устарела. Начните ещё раз.",
            "The link has been used already or is too old. Begin again.",
        ),
        # Restoring
        "restore_title": ("Восстановление доступа", "Restore access"),
        "restore": ("Прислать ссылку", "Send the link"),
        "restore_how": (
            "Если на этот e-mail открыт кабинет, мы пришлём ссылку для нового пароля. Она действует 10 минут.",
            "If there is a cabinet with this e-mail, we send a link for a new password. It is good for 10 minutes.",
        ),
        "restore_lost": (
            (
                "Забыли номер лицевого счёта? Он стоит на любой квитанции; если квитанции нет, помогут только в центре"
                " обслуживания, с паспортом."
            ),
            "Forgot the account number? It is on every bill; without one only a service centre helps, with a passport.",
        ),
        "lost_title": ("Нет доступа к e-mail", "No access to the e-mail"),
        "lost_how": (
            (
                "Если кабинет по этому счёту есть и сумма верна, мы пришлём на новый e-mail ссылку, по которой кабинет"
                " перейдёт на него. На прежний e-mail придёт уведомление."
            ),
            (
                "If there is a cabinet for this account and the sum is right, we send a link to the new e-mail that"
                " moves the cabinet to it. The former e-mail is told."
            ),
        ),
        "any_payment": ("Сумма любого платежа за последний год, ₽", "Sum of any payment of the last year, ₽"),
        "new_email": ("Новый e-mail", "New e-mail"),
        "lost_ask": ("Прислать ссылку на новый e-mail", "Send the link to the new e-mail"),
        "new_email_title": ("Новый e-mail", "New e-mail"),
        "email_changed": ("E-mail изменён.", "The e-mail is changed."),
        "undo_title": ("Вернуть прежний e-mail", "Put the former e-mail back"),
        "undo_how": (
            "Все входы закончатся, и мы пришлём на прежний e-mail ссылку для нового пароля.",
            "Every session ends, and we send a link for a new password to the former e-mail.",
        ),
        "undo": ("Это были не вы: вернуть", "It was not you: put it back"),
        "undone": (
            "E-mail возвращён, все входы завершены. Ссылка для нового пароля уже в почте.",
            "The e-mail is put back and every session ended. The link for a new password is in the mailbox.",
        ),
        "invitation_title": ("Вам открывают лицевой счёт", "An account is shared with you"),
        "invitation_about": (
            "Лицевой счёт {account}. Вы сможете: {access}.",
            "Account {account}. You may: {access}.",
        ),
        "invitation_new": (
            "Кабинета с e-mail {email} ещё нет: придумайте пароль, и он откроется.",
            "There is no cabinet with the e-mail {email} yet: choose a password, and there will be one.",
        ),
        "accept": ("Принять", "Accept"),
        "accepted_invite": ("Счёт добавлен. Теперь можно войти.", "The account is added. You can sign in now."),
        "set_password_title": ("Новый пароль", "New password"),
        "set_password": ("Сохранить пароль", "Save the password"),
        "password_saved": (
            "Пароль изменён, все входы завершены. Войдите с новым паролем.",
            "The password is changed and every session ended. Sign in with the new one.",
        ),
        "old_password": ("Нынешний пароль", "Present password"),
        "old_password_wrong": ("Нынешний пароль не подошёл.", "The present password is not right."),
        "change_password": ("Сменить пароль", "Change the password"),
        # What is wrong with a field
        "bad_account": ("Нужно 12 цифр лицевого счёта.", "The account number has 12 digits."),
        "bad_sum": ("Нужна сумма в рублях, например 1250,40.", "A sum in rubles is needed, for example 1250.40."),
        "bad_email": ("Нужен адрес электронной почты.", "An e-mail address is needed."),
        "bad_consent": ("Без согласия кабинет открыть нельзя.", "A cabinet needs your consent."),
        "bad_serial": ("Нужен номер счётчика с его корпуса.", "The serial number on the meter is needed."),
        "bad_value": (
            "Нужно число с табло, не больше трёх знаков после запятой.",
            "A number as on the display is needed, at most three decimals.",
        ),
        "password_short": ("Пароль короче 10 знаков.", "The password has fewer than 10 characters."),
        "password_long": ("Пароль длиннее 128 знаков.", "The password has more than 128 characters."),
        "password_common": (
            "Этот пароль легко угадать: он из списков утечек или повторяет ваш счёт или e-mail.",
            "This password is easy to guess: it is on lists of leaked ones or repeats your account or e-mail.",
        ),
        # The public page
        "public_title": ("Передать показание", "Send a reading"),
        "public_how": (
            (
                "Показание проверим ночью. Если оно больше предыдущего более чем на 1000 кВт·ч, здесь его передать"
                " нельзя:"
                " передайте его в личном кабинете. Что стало с показанием, видно в кабинете."
            ),
            (
                "The reading is checked at night. One more than 1,000 kWh above the last cannot be sent here: use the"
                " cabinet. What became of a reading is shown in the cabinet."
            ),
        ),
        "meter_serial": ("Номер счётчика", "Meter serial number"),
        "meter_serial_help": ("Заводской номер на корпусе", "Printed on the meter"),
        "t1": ("Показание (сутки, день или пик)", "Reading (whole day, day or peak)"),
        "t2": ("Второе показание (ночь или полупик)", "Second reading (night or half peak)"),
        "t3": ("Третье показание (ночь)", "Third reading (night)"),
        "only_if_zones": ("Только если счётчик его показывает", "Only if the meter shows one"),
        "send": ("Передать", "Send"),
        "public_sent": (
            "Показание получено, номер {receipt}. Ночью его проверят.",
            "The reading has arrived, number {receipt}. It will be checked at night.",
        ),
    }
)
"""What the forms say; the pages' sentences stand in `page_texts`."""

LETTERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        **MORE_LETTERS,
        **CONTRACT_LETTERS,
        "confirm": (
            "Подтвердите e-mail",
            (
                "Здравствуйте!\n\nЧтобы открыть личный кабинет, подтвердите e-mail по ссылке в течение"
                " часа:\n\n{link}\n\n"
                "Если вы не регистрировались, ничего не делайте: без подтверждения кабинет не откроется.\n"
            ),
        ),
        "no_match": (
            "Кабинет не открыт",
            (
                "Здравствуйте!\n\nКто-то, возможно вы, хотел открыть личный кабинет с этим адресом, но лицевой счёт и"
                " сумма"
                " последнего платежа не подошли друг к другу.\n\nПроверьте 12 цифр счёта и сумму из чека. Платёж виден"
                " нам"
                " на следующий день. Потом зарегистрируйтесь ещё раз:\n\n{url}/register\n"
            ),
        ),
        "known_already": (
            "Кабинет уже открыт",
            (
                "Здравствуйте!\n\nКто-то, возможно вы, хотел открыть личный кабинет с этим адресом, но он уже есть."
                " Войти: {url}/sign-in\nЗабыли пароль: {url}/restore\n"
            ),
        ),
        "restore": (
            "Новый пароль",
            (
                "Здравствуйте!\n\nНовый пароль можно задать по ссылке в течение 10 минут:\n\n{link}\n\nЕсли вы об этом"
                " не"
                " просили, ничего не делайте: пароль останется прежним.\n"
            ),
        ),
        "password_changed": (
            "Пароль изменён",
            (
                "Здравствуйте!\n\nПароль вашего личного кабинета изменён, все входы завершены. Если это были не вы,"
                " сразу"
                " задайте новый: {url}/restore\n"
            ),
        ),
    }
)
"""Letter -> its subject and text, in Russian."""

SAID: Mapping[str, tuple[str, str]] = MappingProxyType(
    {**TEXTS, **PAGE_TEXTS, **DESK_TEXTS, **SERVICE_TEXTS, **CONTRACT_TEXTS, **ENERGY_TEXTS}
)
"""Every sentence of the cabinet."""


@dataclass(frozen=True)
class CabinetWords(Words):
    """How the cabinet speaks: its own sentences first, then those it shares with the dashboard."""

    def __call__(self, text: str, **values: object) -> str:
        """One of the sentences with its gaps filled in."""
        pair = SAID.get(text) or SHARED[text]
        return pair[not self.is_russian].format(**values)

    def rights(self, rights: Collection[str]) -> str:
        """What a representative may do with a contract, in words."""
        if "owner" in rights:
            return self("right_owner")
        return ", ".join(self(f"right_{one}") for one in ("view", *LENDABLE) if one in rights)
