import { Mark } from './icons.js'
import { html } from './preact.js'

const languages = { kk: ['Қазақша', 'Қаз'], ru: ['Русский', 'Рус'], en: ['English', 'Eng'] }

export function Header({ words, language, setLanguage, phones, directory, unreadOn, showPhone, near }) {
  return html`
    <header class="top">
      <div class="brand">
        <${Mark} />
        <h1>${words('bot.name')}<span>${words('page.name')}</span></h1>
      </div>
      <ol class="steps" aria-label=${words('page.steps')}>
        ${[1, 2, 3].map(step => html`<li key=${step}>${words(`step.${step}`)}</li>`)}
      </ol>
      <div class="languages" role="group" aria-label=${words('page.language')}>
        ${Object.entries(languages).map(
          ([code, [name, short]]) => html`<button
            key=${code}
            type="button"
            lang=${code}
            aria-label=${name}
            aria-pressed=${String(code === language)}
            onClick=${() => setLanguage(code)}
          ><span class="long">${name}</span><span class="short">${short}</span></button>`,
        )}
      </div>
      <nav class="tabs" aria-label=${words('phone.tabs')}>
        ${phones.map((phone, index) => {
          const { person, chat } = tabNames(words, directory, phone)
          return html`<button
            key=${index}
            type="button"
            aria-current=${String(index === near)}
            onClick=${() => showPhone(index)}
          >
            <b>${index + 1}</b><span class="tab-name">${person}<small>${chat}</small></span>
            ${unreadOn(phone) && html`<i class="dot"><span class="unseen">${words('phone.unread')}</span></i>`}
          </button>`
        })}
      </nav>
    </header>
  `
}

function tabNames(words, { people, chats }, phone) {
  const chat = chats.find(({ id }) => id === phone.chat)
  return {
    person: people.find(({ id }) => id === phone.person)?.name,
    chat: chat?.kind === 'group' ? chat.title : words('chat.private'),
  }
}
