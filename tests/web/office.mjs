// What a person of the office does at the start of the day.
import assert from 'node:assert/strict'
import { qrOf, oneTimeCode } from './page.mjs'

export const password = 'correct horse battery'

/** The first administrator, by the link that central printed, with a second factor, whose secret it gives. */
export async function setUpAdmin(page, world) {
    await page.goto(world.setup)
    await page.getByLabel('Имя').fill('Анна Проверкина')
    await page.getByLabel('Логин').fill('admin')
    await page.getByLabel('Новый пароль').fill(password)
    await page.getByLabel('Ещё раз').fill(password)
    await page.getByRole('button', { name: 'Создать и войти' }).click()
    await page.getByText('Или введите ключ вручную').waitFor()
    const shown = await page.locator('body').innerText()
    const secret = shown.match(/[A-Z2-7]{32}/)[0]
    assert.match(await qrOf(page), new RegExp(`^otpauth://totp/.*secret=${secret}`))
    await page.getByLabel('Код из приложения').fill(oneTimeCode(secret))
    await page.getByRole('button', { name: 'Подтвердить' }).click()
    await page.getByRole('button', { name: 'Сохранил' }).click()
    return secret
}
