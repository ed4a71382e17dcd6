import { familyNames, givenNames } from '../domain/given-names.ts'
import type { Mark, Marked } from './secrets.ts'
import { unmarked } from './secrets.ts'

/** What tempts and must stay: places one goes to, sums, ages, hours, goods and dishes with a capital letter. */
const decoys = `
мне ⟪{age}⟫
бабушке ⟪{age}⟫, сатурация ⟪{age}⟫
жасым ⟪{age}-де⟫
маған ⟪{age}⟫
I am ⟪{age}⟫
заплачу ⟪{sum}⟫
⟪{sum} за раз⟫
ақысы ⟪{sum}⟫
⟪{sum}⟫ беремін
бюджет ⟪{sum}⟫
⟪с {age} до {n}⟫
⟪{n}-{m}⟫, ⟪5/2⟫
⟪2/2⟫, сутки через двое
күндіз ⟪9-18⟫
размер ⟪{n}-{m}⟫
давление ⟪170/95⟫
қысымы ⟪180/110⟫
⟪отвезти до {lm}⟫
⟪привезти муку с {lm}⟫
⟪воду с колонки⟫
⟪дойти до {lm} и обратно⟫
⟪встретить у {lm} в {n} часов⟫
⟪купить в магазине за {lmi} хлеб⟫
⟪починить {col} забор⟫
⟪покрасить ворота в {col} цвет⟫
⟪дом прибрать⟫
⟪зелёный чай и {col} платок⟫
⟪{colk} түс⟫, ⟪{colk} жіп⟫
⟪{colk} алма 2 кг⟫
⟪{lmk} алдынан алып кету⟫
⟪дүкеннен нан алу⟫
⟪базардан ет әкелу⟫
⟪мешітке апару⟫
⟪мектептен немеремді алып келу⟫
⟪take her to the {lme}⟫
⟪a ride from the {lme}⟫
⟪someone to walk to the {lme} and back⟫
⟪pick up a parcel at the post office⟫
⟪ключ сломался в замке⟫
⟪сделать дубликат ключа⟫
⟪кілт жасату⟫
⟪құлып ауыстыру⟫
⟪замок заклинило⟫
⟪домофон не работает⟫
⟪код не приходит⟫
⟪пароль забыла⟫, восстановить
⟪Творожок⟫, ⟪Кефир⟫
⟪Кости на суп⟫
⟪Мука Цесна⟫ и ⟪дрожжи Пакмая⟫
⟪торт Наполеон⟫
⟪печенье Мария⟫
⟪конфеты Алёнка⟫
⟪конфеты Мишка⟫
⟪Арман конфеті⟫
⟪чай Пиала⟫
⟪насос Малыш⟫
⟪минералка Сарыагаш⟫
⟪вода Боржоми⟫
⟪аппарат Oticon⟫
⟪роутер TP-Link⟫
⟪катетер Фолея {n}⟫
⟪печь Булерьян⟫
⟪Дәрі жәшігін жинау⟫
⟪Уголь сгрузить⟫
⟪Кларитин сироп⟫
⟪первый этаж⟫
⟪жетінші қабат⟫, лифт жоқ
⟪два мешка⟫, ⟪тонна⟫
⟪окон три⟫
⟪екінші күні⟫
⟪поликлиника №{n}⟫
⟪больница №{n}⟫
⟪кабинет {m}⟫
⟪автобус {n}⟫
⟪билет на {n} марта⟫
⟪рейс до Актау⟫
сын в ⟪Астане⟫
⟪аты-жөні керек емес⟫
⟪гүл өсіремін⟫
⟪екі бөлме⟫, ⟪{n} мартқа дейін⟫
⟪температура 38,2⟫
⟪Доместос и губки⟫
⟪чайник Витек⟫
⟪Верошпирон и Фуросемид⟫
⟪третий этаж направо⟫
⟪4-й без лифта⟫
мне ⟪шестьдесят восемь⟫
маған ⟪сексен екі жас⟫
⟪отвезти в Алматы⟫
`
  .split('\n')
  .filter(Boolean)

/**
 * Ways to say where one lives, how one gets in and who one is, with gaps for names and numbers: joined to needs
 * of the labelled messages they teach what stands around a secret, whatever the secret is.
 */
const clauses = `
⟦{city}, {street} {n}-{m}⟧
⟦{city}, {street} {n}, кв {m}⟧
⟦{city}, {street} {n}, {m} пәтер⟧
⟦{city}, {man} {n}⟧
⟦{village}, {street} {n}⟧
⟦{village}⟧
живу ⟦в {village}⟧
⟦{village}⟧, спросить ⟦{name}⟧
посёлок ⟦{village}⟧
адрес: ⟦{city}, {street} {n}⟧
адрес ⟦{street} {n} кв {m}⟧
⟦{street} {nw} квартира {nw}⟧
живу на ⟦{street} {nw}⟧
дом наш ⟦{street} {nw}⟧
⟦{street}, {n}⟧
⟦с. {village}, {street} {n}⟧
⟦{obl} облысы, {village}, {man} {n}⟧
⟦{obl} ауданы, {village}⟧
⟦{obl} район, {village}, {street} {n}⟧
⟦{village} аулы⟧
⟦{village} ауылы, {man} {n}⟧
үйім ⟦{man} {nk}⟧
үйіміз ⟦{man} көшесі {n}-үй⟧
⟦{man} көшесі {nk} үй {nk} пәтер⟧
мекенжай ⟦{city}, {man} {n}, {m}-пәтер⟧
⟦{man} {n} уй {m} пат⟧
⟦{n} ықшам, {m}-үй⟧
⟦{city}, {n} шағын аудан {m} үй⟧
⟦{n} мкр {m} дом⟧
⟦{n} кор {m}, 2 эт, {n} пат⟧
⟦{village} мөлтекауданы⟧
осы ⟦{village} мөлтекауданында⟧ кім бар
⟦{city} қаласы, {man} {n}⟧
⟦дом у {lm}⟧
⟦возле {lm}, {col} дом⟧
живу ⟦за {lmi}⟧
живёт ⟦за {lmi}, дом с {coli} крышей⟧
⟦третий дом от {lm}⟧
⟦второй дом от {lm}⟧
⟦последний дом у {lm}⟧
⟦вторая калитка от {lm}⟧
⟦дом с {coli} крышей⟧, напротив
⟦следующий за {lmi}, с {coli} ставнями⟧
⟦напротив {lm}, под {coli} крышей⟧
⟦сразу за {lmi}⟧ живу
⟦у {lm}, {col} забор, во дворе колодец⟧
⟦времянка во дворе⟧
⟦сторожка за {lmi}⟧
⟦строение {n} за {lmi}⟧
⟦угловой дом у {lm}⟧
⟦крайний дом по улице {street}⟧
⟦{lmk} қасындағы {colk} үй⟧
⟦{lmk} артындағы соңғы үй⟧
⟦{lmk} жанында, {colk} қақпа⟧
⟦{lmk} қасы⟧
⟦{lmk} қарсысындағы екінші үй⟧
⟦{lmk} жакта сонгы уй⟧
⟦{lmk} артында⟧ тұрамын
⟦шеткі үй, {colk} шатыр⟧
⟦бұрыштағы {colk} дарбазалы үй⟧
⟦the second house behind the {lme}⟧
she lives ⟦behind the {lme}⟧
⟦next to the {lme}, {cole} gate⟧
⟦by the {cole} kiosk near the {lme}⟧
⟦{streetE} {n}⟧
⟦{streetE} {n}, flat {m}⟧
her address is ⟦{streetE} {n}-{m}⟧
⟦{villageE} village⟧
he lives in ⟦{villageE}⟧
thanks, ⟦{nameE}⟧
please phone ⟦{nameE}⟧
for ⟦{nameE}⟧ apa
ask for ⟦{nameE} {surE}⟧
⟦{surE} {nameE}⟧
ключ ⟦под {keyi}⟧
ключ лежит ⟦в {keyp}⟧
ключ висит ⟦на {keyp} слева⟧
калитка ⟦на крючке, просуньте руку слева⟧
калитка ⟦на верёвочке⟧
запасной ключ ⟦за {keyi}⟧
ключи ⟦у соседки снизу⟧
кілт ⟦{keyk} астында⟧
кілтті ⟦{keyk} ішіне⟧ салып кеттім
кілт ⟦{keyk} жанында⟧ жатыр
қақпа ⟦ішінен ілулі, қол сұғып ашасыз⟧
the key is ⟦under the {keye}⟧
the spare key is ⟦above the {keye}⟧
код ⟦{code}⟧
домофон ⟦{code}⟧
код домофона ⟦{n} ключ {code}⟧
есік коды ⟦{nk} {nk}⟧
пароль ⟦{pass}⟧
пароль вроде ⟦{pass}⟧
құпия сөз ⟦{pass}⟧
пин ⟦{code}⟧ вроде
смс пришло ⟦{code}⟧
код получения ⟦{letters}-{code}⟧
трек ⟦{letters}{code}{code}KZ⟧
удостоверение ⟦N {code}{code}⟧
төлқұжат ⟦№ {code}{code}⟧
⟦{n}-подъезд⟧
⟦екінші кіреберіс⟧
⟦второй подъезд⟧
подъезд ⟦{n}⟧
соседка ⟦из {n}-й⟧
сосед ⟦из {n}-й квартиры⟧
⟦{name}⟧
мен ⟦{name}⟧ апамын
мен ⟦{name}⟧ деген кісімін
атым ⟦{name}⟧
⟦{name}⟧ дейтін атам бар
⟦{name}⟧ анамыз ауырып жатыр
⟦{name}⟧ шалдың үйі
⟦{name}⟧ баламнын номери
жду ⟦{name}⟧
это ⟦{name}⟧
звать ⟦{name}⟧
бабушку зовут ⟦{name}⟧
сосед ⟦{name}⟧ упал
доктор ⟦{sur}⟧ сказала
пишет ⟦{sur} {name}⟧
умер ⟦{sur} {name}⟧
с уважением, ⟦{name} {sur}⟧
медсестра ⟦{name}⟧
внук ⟦{name}⟧ в армии
туғаны ⟦{n} мамыр 19{n}⟧
⟦{lmk} жактагы кудык⟧
⟦{lmk} бұрылысынан оңға, екінші қақпа⟧
⟦{n}-гараж, {colk} есік⟧
⟦дом у {lm}, первый справа⟧
⟦возле {lm}, где раньше был клуб⟧
⟦за {lmi} налево, дом без номера, ворота ржавые⟧
⟦за {lmi} третий поворот направо⟧
⟦от {lm} второй дом по левой стороне⟧
⟦бокс {m}⟧ в гаражах
⟦вагончик {n}⟧ на стройке
⟦барак {n}, комната {m}⟧
общежитие, ⟦комната {m}⟧
соседка ⟦{name}⟧ из ⟦шестой⟧
сосед ⟦{name}⟧ из ⟦тридцать второй⟧
у нас в ⟦{village} на {street}⟧
мы в ⟦{village}⟧
еду из ⟦{village}⟧
⟦{village}нен⟧ келем
⟦{village}де⟧ тұрам
пропуск ⟦№ {m}{n}⟧
договор ⟦№ {code}⟧
карта ⟦{code} {code}⟧
кілт ⟦счётчиктің үстінде⟧
ключ ⟦счетчиктин устинде⟧
есік ⟦ашық тұрады, итеріп кіре беріңіз⟧
дверь ⟦не заперта, толкните⟧
⟦{name} {sur}⟧ деген ақсақал
⟦{name}⟧ опа
⟦{name}⟧ келін айтты
тут у нас ⟦{name}⟧ просит
⟦{name}⟧ екеуіміз жалғызбыз
передайте ⟦{name}⟧
спасибо, ваша баба ⟦{name}⟧
родилась ⟦{n} марта 19{n}⟧
`
  .split('\n')
  .filter(Boolean)

const gaps: Record<string, readonly string[]> = {
  city: 'Семей Өскемен Риддер Павлодар Талдықорған Қапшағай Каскелен Қаскелең Аркалык Ақтау Балқаш Жезказган Экибастуз Рудный Теміртау Байконур Щучинск Шу Аксу Степногорск Атырау Кентау Сарыағаш Есік Талғар Ушарал Зайсан Шар Косшы Алга Хромтау'.split(
    ' ',
  ),
  village:
    'Тасқарасу Каменка Новодолинка Кызылсай Акжар Успеновка Шортанды Бесағаш Далакайнар Мерке Зачаганск Кенащи Егиндиколь Каратал Бородулиха Ак-Булак Заря Шелек Майкудук Балыкши Жаңажол Раздольное Кокпекты Ұзынбұлақ Қарағаш Пригорное Бескөл Тұздыкөл Ивановское Сергеевка Аршалы Сарыөзек Қызылтас Розовка Приречное Ленинское Самсы Жалпақтал'.split(
      ' ',
    ),
  villageE:
    'Kyzylkum Kamenka Besagash Zhanatas Karabulak Ivanovka Sarykol Borovoe Aksu Shalkar Pokrovka Rudny Balykshy'.split(
      ' ',
    ),
  street:
    'Подгорная Целинная Зерновая Шахтёрская Школьная Тишинская Вокзальная Пригородная Молодёжная Мира Утепова Кажымукана Республика Царёва Заречная Кутузова Ульянова Майлина Исмаилова Бахар Огородная Дачная Речная Красина Жукова Есенина Толстого Нурпеисова Карбышева Щорса Пичугина Амангельды Тургенева Озёрная Сенная Береговая Тупиковая'.split(
      ' ',
    ),
  streetE:
    'Gornaya Tselinnaya Druzhby Shkolnaya Zheltoksan Tauke Ualikhanov Pobedy Mira Satpaev Lesnaya Sadovaya Nekrasov Karbyshev Utepov Novaya Sevastopolskaya'.split(
      ' ',
    ),
  man: 'Исмаилов Құрманғазы Абылайхан Тоқтаров Ауелбеков Бейбітшілік Еуразия Жеңіс Кенесары Жамбыл Қараменде Шәкәрім Махамбет Әйтеке Ыбырай Бөкенбай Сырым Исатай Жұмабаев Мұқанов Сарыарқа Тәуелсіздік Алатау Жидебай Ақан'.split(
    ' ',
  ),
  obl: 'Жамбыл Шу Шелек Абай Мерке Алакөл Катонқарағай Бурабай Атбасар Сарқан Кербұлақ Зеренді'.split(' '),
  lm: 'мечети школы колонки въезда арыка реки кладбища магазина элеватора почты моста бани остановки водокачки поворота железки котельной церкви рынка переезда мельницы фермы'.split(
    ' ',
  ),
  lmi: 'мечетью школой колонкой арыком рекой кладбищем магазином элеватором почтой мостом баней остановкой водокачкой котельной церковью рынком переездом мельницей фермой гаражами'.split(
    ' ',
  ),
  lmk: 'мешіттің мектептің дүкеннің көпірдің су_мұнарасының зираттың емхананың моншаның ферма базардың арықтың қойманың аялдаманың клубтың пошта дукеннин мешиттин мектептин'.split(
    ' ',
  ),
  lme: 'mosque school grain_elevator bakery water_tower bridge cemetery old_mill shop bus_stop church station'.split(
    ' ',
  ),
  col: 'зелёный синий белый голубой красный кирпичный деревянный серый жёлтый'.split(' '),
  coli: 'зелёной синей красной голубой белой железной ржавой'.split(' '),
  colk: 'көк жасыл ақ сары қызыл қоңыр темір'.split(' '),
  cole: 'blue green red white rusty yellow'.split(' '),
  keyi: 'ковриком цветком горшком кирпичом ступенькой счётчиком ящиком половиком ведром лавкой крыльцом почтовым_ящиком'.split(
    ' ',
  ),
  keyp: 'сарае почтовом_ящике щитке валенке банке ведре сапоге столбике гвозде'.split(' '),
  keyk: 'кілемшенің табалдырықтың баспалдақтың етіктің шелектің құмыраның банканың орындықтың тастың'.split(
    ' ',
  ),
  keye: 'doormat flower_pot electric_meter bench brick bucket doorframe mailbox'.split(' '),
  nameE:
    'Rosa Paul Alma Edik Sharipa Pyotr Will Gulnara Anna Timur Bolat Nina Zarina Ruslan Dina Mark Raya Sabit Hope Karim'.split(
      ' ',
    ),
  surE: 'Becker Weber Karavaev Kim Schmidt Akhmetov Petrova Yun Omarov Ivanov Lee Bauer Nurlanova'.split(' '),
  nw: 'три пять двенадцать сорок шестьдесят_три сорок_пять восемь тридцать_один двадцать девять сто_два семнадцать'.split(
    ' ',
  ),
  nk: 'он_сегізінші отыз_екі жиырма_бес тоғыз он_екі қырық_бір елу алты он_жетінші отыз_бірінші нөл_бес нөл_тоғыз'.split(
    ' ',
  ),
  letters: 'RB MB KZ AC TR CP'.split(' '),
  pass: 'qwerty1958 Asem2010 Zima77 kazbek55 1234apa Sultan1949 babushka48 mama1961 Nurlan_80'.split(' '),
  name: (givenNames.match(/[\p{L}]{3,}(?![\p{L}?])/gu) ?? []).slice(),
  sur: (familyNames.match(/[\p{L}]{4,}(?![\p{L}?])/gu) ?? []).slice(),
}

const swapShare = 0.35

/** Needs of the given messages, each with one or two clauses before or after it. */
export function madeFrom(examples: readonly Marked[], count: number): Marked[] {
  let state = 7
  const below = (most: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return Math.floor((state / 0x7fffffff) * most) % most
  }
  const needs = examples.map(({ text, marks }) => pieceOf(text, marks)).filter(need => need !== '')
  const pick = (list: readonly string[]) => list[below(list.length)] ?? ''
  const fill = (clause: string) =>
    clause.replace(/\{(\w+)\}/gu, (_, gap: string) => {
      if (gap === 'n') return String(1 + below(99))
      if (gap === 'age') return String(58 + below(42))
      if (gap === 'sum') return `${1 + below(20)}${pick(['000', '500', ' 000', ' тысяч', ' мың', '000 тг'])}`
      if (gap === 'm') return String(1 + below(130))
      if (gap === 'code') return String(1000 + below(8999))
      const word = pick(gaps[gap] ?? []).replaceAll('_', gap === 'pass' ? '_' : ' ')
      return /^(?:name|sur|street|man|village)$/u.test(gap) && below(100) < swapShare * 100
        ? misspelt(word, below)
        : word
    })
  return Array.from({ length: count }, () => {
    const need = pick(needs)
    const first = below(4) === 0 ? '' : fill(pick(clauses))
    const other = below(4)
    const second = other === 0 ? fill(pick(clauses)) : other < 3 ? fill(pick(decoys)) : ''
    const joint = pick([', ', '. ', ' ', ', '])
    const parts = below(3) === 0 ? [first, need, second] : [need, first, second]
    const line = parts.filter(Boolean).join(joint)
    return unmarked(below(4) === 0 ? line.toLowerCase() : line)
  })
}

/** One letter other than in any list, so that the place in the sentence must tell. */
function misspelt(word: string, below: (most: number) => number): string {
  if (word.length < 5) return word
  const at = 2 + below(word.length - 3)
  return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2)
}

/** The longest part of the message that holds needs and no secret. */
function pieceOf(text: string, marks: readonly Mark[]): string {
  const cuts = marks.filter(mark => mark.secret)
  const bounds = [0, ...cuts.flatMap(({ from, to }) => [from, to]), text.length]
  const pieces = bounds.flatMap((from, at) => (at % 2 === 0 ? [[from, bounds[at + 1] ?? from] as const] : []))
  const [from, to] = pieces.sort((a, b) => b[1] - b[0] - (a[1] - a[0]))[0] ?? [0, 0]
  let line = ''
  let end = from
  for (const mark of marks.filter(one => !one.secret && one.from >= from && one.to <= to)) {
    line += `${text.slice(end, mark.from)}⟪${text.slice(mark.from, mark.to)}⟫`
    end = mark.to
  }
  return (line + text.slice(end, to)).replace(/^[\s,.:;–—-]+|[\s,.:;–—-]+$/gu, '')
}
