import type { Screen } from './answer.questions.ts'

/**
 * Answers as older people type them, collected without a look at the rules. Judged together, as a rate:
 * `answer | meaning`, several meanings being right where the words leave it open.
 */
export const sayings: Readonly<Partial<Record<Screen, string>>> = {
  help: `
картошечки бы да морковки | cat.household
сходить за таблетками некому | cat.medical
отвезите на рентген | cat.transport
дверь перекосило не закрывается | cat.repair
скучно одной сидеть | cat.company
памперсы сменить маме | cat.care
дрова колоть некому, печка стоит | cat.heating
субсидию на комуналку | cat.benefits
первый пункт | cat.household
два | cat.medical
что-то другое | cat.other
следущие | cat.more
терезе жуатын адам керек | cat.household
қан қысымымды өлшетсем | cat.medical
ауруханаға жеткізіп тастаңыз | cat.transport
есігім жабылмай тұр | cat.repair
үйім суық, пеш жанбайды | cat.heating
жәрдемақыға құжат жинау | cat.benefits
жалғыз отырмын іш пысып | cat.company
апамды бағатын кісі | cat.care
он | cat.more
төртінші | cat.care
mow my garden | cat.household
my pills are finished | cat.medical
drive me to hospital | cat.transport
toilet blocked | cat.repair
pension paperwork | cat.benefits
и врача и уголь | ambiguous
хлебца да молочка бы кто принёс | cat.household
глаз болит, капли кончились | cat.medical
на диализ возить некому | cat.transport
кран течёт на кухне | cat.repair
за мужем после инсульта присмотр | cat.care
внуки далеко, поговорить бы | cat.company
газ в баллоне кончился | cat.heating
справку о пенсии | cat.benefits
тройку | cat.transport
пятый вариант пожалуйста | cat.company
көкөніс әкеліп берсе | cat.household
дәрім таусылды | cat.medical
емханаға апаратын көлік | cat.transport
шам күйіп кетті ауыстыру | cat.repair
төсектен тұра алмайды күтуші | cat.care
хал-жағдай сұрап келсе | cat.company
пешке көмір жоқ | cat.heating
мүгедектікке құжат | cat.benefits
төртіншісі болсын | cat.care
басқа түрлері | cat.more
clean my windows | cat.household
wheelchair ride to clinic | cat.transport
bulb burnt out | cat.repair
company for tea | cat.company
fill in benefit forms | cat.benefits
мне бы врача или лекарства | cat.medical
врача и такси | ambiguous
сосед шумит, а мне бы врача | cat.medical
полочку прибить | cat.repair
молочка и творожка | cat.household
рецептик выписать у терапевта | cat.medical
отвезти маму к глазному | cat.transport
батарея чуть тёплая | cat.heating
за больным сыном приглядеть | cat.care
пообщаться с кем нибудь | cat.company
шестой | cat.repair
2 пункт | cat.medical
ничего не подходит | cat.other
погода какая-то сырая | text
ұн мен қант әкеліп берсеңіздер | cat.household
дәрігер шақыртайын деп едім | cat.medical
базарға апарып келсеңіз | cat.transport
розеткам күйіп кетті | cat.repair
зейнетақыны рәсімдеу | cat.benefits
әңгіме айтысатын жан жоқ | cat.company
бесінші | cat.company
ештеңе сай келмейді | cat.other
milk bread and eggs | cat.household
blood pressure pills | cat.medical
broken window | cat.repair
bathe my mother | cat.care
3rd one | cat.transport
мне бы хлебушка и молочка | cat.household
сходите пожалуйста в магазин | cat.household
дома прибраться надо, сама уже не могу | cat.household
окна помыть к празднику | cat.household
азық-түлік әкеліп беріңізші | cat.household
уй жинап берсе екен | cat.household
шелпек пісіретін ұн керек | cat.household
тамак алып келу | cat.household
продуктовая корзина | cat.household
снег во дворе почистить | cat.household
kartoshka kerek | cat.household
help with shopping | cat.household
buy some bread please | cat.household
таблетки от давления закончились | cat.medical
вызовите врача на дом | cat.medical
лекарства из аптеки принести | cat.medical
нужен доктор | cat.medical
дарилерим таусылып калды | cat.medical
аптекаға барып келетін адам керек | cat.medical
емханаға кезекке тұру керек | cat.medical
doctor please | cat.medical
укол сделать некому | cat.medical
рецепт выписать | cat.medical
ауруханаға апарып келсе | cat.transport
до поликлиники довезите | cat.transport
нужна машина до больницы | cat.transport
сопровождение | cat.transport
поездка в город | cat.transport
колик керек ауруханага бару ушин | cat.transport
take me to the hospital | cat.transport
за мамой ухаживать некому | cat.care
сиделку бы | cat.care
апамды күтетін адам керек | cat.care
лежачего помыть | cat.care
уход | cat.care
мужа лежачего переворачивать | cat.care
одна живу, поговорить не с кем | cat.company
просто пообщаться | cat.company
жалғызбын, әңгімелесетін адам жоқ | cat.company
в гости приходите | cat.company
маған келіп кетсе екен | cat.company
just someone to talk to | cat.company
замок сломался | cat.repair
труба протекла | cat.repair
лампочку поменять | cat.repair
есік сынып қалды | cat.repair
крыша течет | cat.repair
розетканы жөндеп беру керек | cat.repair
сантехника вызвать | cat.repair
fix the tap | cat.repair
уголь на зиму | cat.heating
угля нет совсем | cat.heating
көмір түсіріп беру | cat.heating
батареи холодные | cat.heating
печку топить нечем | cat.heating
үйіміз суық | cat.heating
komir kerek edi | cat.heating
воды привезти | cat.heating
пенсию пересчитать | cat.benefits
бумаги на пособие собрать | cat.benefits
зейнетақым аз | cat.benefits
жардемакы рәсімдеу | cat.benefits
справку взять в цоне | cat.benefits
как оформить льготы? | cat.benefits
құжаттарым жоғалды | cat.benefits
инвалидность оформить | cat.benefits
ничего из этого не подходит | cat.other
другое что-нибудь | cat.other
басқа мәселе бойынша | cat.other
покажите ещё | cat.more
дальше покажи | cat.more
тағы не бар | cat.more
вариант семь | cat.heating
шестой пункт | cat.repair
номер 5 | cat.company
5. | cat.company
цифру 3 выбираю | cat.transport
бесінші нөмір | cat.company
3-ші | cat.transport
алтыншысы керек | cat.repair
мне четвертое | cat.care
number nine | cat.other
врачь | cat.medical
леккарства | cat.medical
продукыт | cat.household
зейнетакы | cat.benefits
пособея | cat.benefits
ремотн | cat.repair
отоплене | cat.heating
лекарства купить и хлеб | ambiguous
3 или 4 | ambiguous
Добрый день! Подскажите пожалуйста кто это пишет | text
ауа райы қалай | text
спасибо | text
меня зовут Зейнеп | text
позовите живого человека | /human
хочу поговорить с оператором | /human
адаммен сойлескым келеды | /human
отмените | /cancel
главное меню | /menu
вернуться назад | /back
как этим пользоваться? | /help
ноль | /back
сахар и чай закончились | cat.household
мне нужны продукты питания | cat.household
пол помойте | cat.household
бәйбішем жоқ, тамақ жасайтын адам керек | cat.household
дүкеннен нан алып келіңізші | cat.household
үй жұмысына көмек | cat.household
kir juu kerek | cat.household
уборка квартиры | cat.household
занести продукты | cat.household
азық түлікке көмек | cat.household
давленя таблетка | cat.medical
инсулин нужен | cat.medical
корвалол купите | cat.medical
дәрі дәрмек алу | cat.medical
дари дармек керек | cat.medical
врача бы мне | cat.medical
участкового врача вызвать | cat.medical
медсестру на укол | cat.medical
басым ауырады | cat.medical~text
i need my prescription picked up | cat.medical
dárihanaga baryp kelińizshi | cat.medical
аптечку собрать | cat.medical
отвезите меня на процедуры | cat.transport
до ЦОНа доехать | cat.transport
машинамен апарып тастаңызшы | cat.transport
емханаға апаратын көлік | cat.transport
көлікпен жеткізіп тастаса | cat.transport
кто нибудь сводите меня погулять | cat.transport~cat.company~ambiguous
сходите со мной в поликлинику | cat.transport
drive me to clinic | cat.transport~ambiguous
памперсы поменять маме | cat.care
күтуші іздеп жүрмін | cat.care
присмотреть за бабушкой | cat.care
апам төсек тартып жатыр | cat.care
уход за лежачей мамой | cat.care
навещайте хоть иногда | cat.company
зерігіп отырмын | cat.company
скучно одной | cat.company
шай ішіп әңгімелесетін кісі | cat.company
поболтать бы с кем | cat.company
жалғыздықтан шаршадым | cat.company
туалет не работает | cat.repair
стиралка сломалась | cat.repair
забор починить | cat.repair
терезе сынып қалды | cat.repair
дверь не закрывается | cat.repair
жөндеу жұмыстары | cat.repair
свет отключили | cat.repair
мастера нужно по дому | cat.repair~cat.household~ambiguous
көмір жоқ | cat.heating
отынымыз таусылды | cat.heating
батарея не греет | cat.heating
замерзаем, холодно в доме | cat.heating
воду отключили | cat.heating
тонну угля | cat.heating
пеш бұзылды | cat.heating~cat.repair~ambiguous
су құбыры жарылды | cat.repair~cat.heating~ambiguous
пособие по инвалидности | cat.benefits
пенсию не пришла | cat.benefits
субсидия | cat.benefits
АСП оформить | cat.benefits
жәрдемақыға құжат тапсыру | cat.benefits
бумажки заполнить помогите | cat.benefits
зейнеткерлік | cat.benefits
егов не открывается | cat.benefits
остальное | cat.other~cat.more
басқасы | cat.other
у меня другая просьба | cat.other
ничего не подошло | cat.other
more please | cat.more
ещё что есть | cat.more
әрі қарай | cat.more
3. поездка | cat.transport
пункт 8 | cat.benefits
второй номер пожалуйста | cat.medical
сегіз | cat.benefits
жетінші вариант | cat.heating
бырынши | cat.household
ушинши | cat.transport
екіншісін таңдаймын | cat.medical
option 4 | cat.care
девятое | cat.other
9-шы | cat.other
№ 6 | cat.repair
цифра 10 | cat.more
Ⅲ | cat.transport
продкты | cat.household
атопление | cat.heating
дарихана | cat.medical
сопровождене | cat.transport
отопление и вода | cat.heating
врач и пенсия | ambiguous
5 и 6 | ambiguous
первое и второе | ambiguous
Ассалаумагалейкум | text
ок | text
да | text
что это за бот? | text
как ваши дела | text
не понимаю ничего | text
мой внук учится в школе | text
это Марат | text
рахмет балам | text
+ | text
человек | /human
адам шақырыңызшы | /human
перезвоните мне пожалуйста | /human
call me please | /human
артка кайту | /back
қайту | /back
в начало | /menu
бас тартамын | /cancel
инструкция | /help
удалите мои данные | /delete
тоқтаңыз жазбаңыз | /stop
сменить язык | /language
Здравствуйте, мне 78 лет, живу с внуком | text
я вчера вам писала, никто не ответил | text
сколько это стоит? | text
вы откуда? | text
это бесплатно? | text
Зейнеп Ахметова | text
87017654321 | text
хорошо | text
позже напишу | text
мне плохо слышно | text
кім бұл? | text
сәлем, бұл кім екен | text
ақша керек пе бұған | text
телефоным поменялся | text
спасибо вам большое за всё | text
Бог даст здоровья вам | text
извините ошиблась | text
не туда нажала | text
погодите сейчас внучку позову | text
я в Алматы живу | text
ул. Абая 15 кв 3 | text
қазір балам келеді | text
картошки и лука 5 кг | cat.household
кефир творог хлеб | cat.household
шторы постирать | cat.household
ет пен нан әкелу | cat.household
дүкен | cat.household
үйді жинап кетсе | cat.household
tamak asyp beru | cat.household
washing the floor | cat.household
дәрілерім бітті | cat.medical
аптекадан дәрі алып берсеңіздер | cat.medical
ләкарства | cat.medical
в поликлинику за рецептом | cat.medical~cat.transport
қан қысымым көтерілді | cat.medical
uzіst doctor | cat.medical
pharmacy | cat.medical
инвалидное такси | cat.transport
на прием отвезти | cat.transport
базарға апарып келсе | cat.transport~cat.household~ambiguous
машына керек | cat.transport
провожатого до больницы | cat.transport
сопроводить в собес | cat.transport~ambiguous
свекровь лежачая нужна сиделка | cat.care
үйде күтім | cat.care
күтім жасайтын кісі | cat.care
home care | cat.care
поговорите со мной | cat.company
хочу чтоб навещали | cat.company
көңілім жабырқап жүр, сөйлескім келеді | cat.company
ангимелесу | cat.company
visit me | cat.company
ремонт крана | cat.repair
починить телевизор | cat.repair
унитаз течёт | cat.repair
кран ағып тұр | cat.repair
электрик | cat.repair
шатырдан су өтіп жатыр | cat.repair~cat.heating~ambiguous
көмір алуға көмек | cat.heating
нет горячей воды | cat.heating
батарея жылымай тұр | cat.heating
дрова нужны | cat.heating
no heating | cat.heating
пенсия кешігіп жатыр | cat.benefits
документы на льготы | cat.benefits
жеке куәлік ауыстыру | cat.benefits
pensiya | cat.benefits
вот это: 6 | cat.repair
6-ны таңдаймын | cat.repair
второй | cat.medical
тогызыншы | cat.other
первый вариант | cat.household
пятый номер | cat.company
7)отопление | cat.heating
1,2 | ambiguous
номер 12 | outOfRange
давайте 4 | cat.care
3️⃣ | cat.transport
еще варианты | cat.more
басқа түрлері бар ма | cat.more
прочее | cat.other
врача и отвезти | ambiguous
продукти | cat.household
атопления | cat.heating
рэмонт | cat.repair
писия | cat.benefits
нан таусылды | cat.household
помогите убраться в квартире | cat.household
продукты надо привезти | cat.household
аяғым ауырады дүкенге бара алмаймын | cat.household~ambiguous
клининг | cat.household~text
үй шаруасы | cat.household
дәрі-дәрмек жеткізу | cat.medical
лекарства привезите пожалуйста | cat.medical
ынсулин | cat.medical
терапевт на дом | cat.medical
лікарства | cat.medical
машина в больницу нужна завтра | cat.transport
ауруханаға апарыңыздаршы | cat.transport
сопровождать маму на прием | cat.transport
көлікпен апару | cat.transport
уход за больной | cat.care
күту керек апамды | cat.care
посидеть с бабушкой | cat.care~cat.company~ambiguous
одной плохо, поговорить хочется | cat.company
әңгіме айтатын адам | cat.company
навестить маму | cat.company
свет не горит в зале | cat.repair
жөндеуші шақыру | cat.repair
подоконник починить | cat.repair
есіктің құлпы сынды | cat.repair
тепла нет | cat.heating
үйде су жоқ | cat.heating
печное отопление | cat.heating
көмір мен отын | cat.heating
жәрдемақы төлемі | cat.benefits
по пенсии вопрос | cat.benefits
анықтама алу | cat.benefits
паспорт поменять | cat.benefits
у меня другое | cat.other
4 пожалуйста доченька | cat.care
вот 8 | cat.benefits
жетінші | cat.heating
восемь | cat.benefits
десятый | cat.more
2-ое | cat.medical
1.Продукты | cat.household
кто вы такие | text
Рахмет, керек емес | /cancel
назат | /back
Доброе утро | text
айналайын, рахмет | text
завтра напишу вам | text
мой телефон сломался | cat.repair~text
`,
  help2: `
соседка обманула с квартирой | cat.safety
адвоката найти | cat.legal
депресия у меня | cat.psych
ютуб настроить | cat.digital
на экскурсию бы съездить | cat.club
вахтёршей устроиться | cat.work
жаловаться на врачиху | cat.complaint
сурдопереводчица | cat.sign
мұраға байланысты сұрақ | cat.legal
көңілім құлазып жүр | cat.psych
интернетім істемейді | cat.digital
балам ұрып-соғады | cat.safety
жұмысқа орналассам | cat.work
ән үйірмесі | cat.club
дәрігер дөрекі сөйлейді шағым | cat.complaint
I feel so depressed | cat.psych
find me a job | cat.work
internet not working | cat.digital
scammers called me | cat.safety
four | cat.digital
наследство оформить | cat.legal
переписать дом на внука | cat.legal
плачу ночами | cat.psych
глухому перевести | cat.sign
в ватсапе звонить научиться | cat.digital
подработка для пенсионера | cat.work
хор ветеранов | cat.club
сноха бьёт | cat.safety
нагрубили в поликлинике | cat.complaint
сотқа арыз жазу | cat.legal
уайымым көп | cat.psych
телефонымды түсінбеймін | cat.digital
домбыра үйренгім келеді | cat.club
карточкамдағы ақшамды ұрлап кетті | cat.safety
әлеуметтік қызметкерге шағым | cat.complaint
sign language | cat.sign
part-time job | cat.work
cheated by phone | cat.safety
дарственную оформить | cat.legal
на душе кошки | cat.psych
симку поменять | cat.digital
английскому научиться | cat.work
шахматы с друзьями | cat.club
банк звонит просит код | cat.safety
соцработник не ходит пожаловаться | cat.complaint
сурдо | cat.sign
12 | outOfRange
нотариусқа апарар сұрақ | cat.legal
күйзеліп жүрмін | cat.psych
каспиді үйретіңізші | cat.digital
күзетші болып жұмыс істесем | cat.work
саяхатқа шыққым келеді | cat.club
көршім қорлайды | cat.safety
үшінші | cat.sign
inheritance question | cat.legal
help with my tablet | cat.digital
bad service at the clinic | cat.complaint
мне бы с юристом посоветоваться | cat.legal
завещание написать | cat.legal
сотқа арыз жазу | cat.legal
заңгер керек болып тұр | cat.legal
психологпен сөйлескім келеді | cat.psych
тяжело на душе, муж умер | cat.psych
көңіл күйім жоқ | cat.psych
я плохо слышу нужен переводчик | cat.sign
ымдау тілін білетін адам | cat.sign
научите ватсапом пользоваться | cat.digital
телефон не звонит | cat.digital
интернет қосып беріңізші | cat.digital
каспи кредит закрыть не умею | cat.digital
подработку найти | cat.work
компьютерные курсы | text~cat.work~cat.digital~ambiguous
жұмысқа тұрғым келеді | cat.work
в хор хочу ходить | cat.club
клуб | cat.club
ән айтатын үйірме | cat.club
сын бьет меня | cat.safety
пенсию отбирают | cat.safety
алаяқтар ақшамды алып кетті | cat.safety
мошенники звонили | cat.safety
на поликлинику пожаловаться | cat.complaint
шагым айтамын | cat.complaint
соцработник не приходит, жалоба | cat.complaint
7 | cat.safety
второе | cat.psych
сегізінші | cat.complaint
к нотариусу надо | cat.legal
юридический вопрос | cat.legal
мұрагерлік туралы | cat.legal
заң бойынша сұрақ | cat.legal
алименты | cat.legal~text
хочу к психологу | cat.psych
жүрегім ауырып, мұңайып жүрмін | cat.psych
все время плачу и тревога | cat.psych
сурдо переводчика | cat.sign
құлағым естімейді ымдау керек | cat.sign
как в интернет зайти | cat.digital
ұялы телефонды үйретсе екен | cat.digital
пароль забыла | cat.digital
ЭЦП получить | cat.digital
жұмыс іздеп жүрмін | cat.work
хочу учиться на курсах | cat.work
на экскурсию съездить | cat.club
театрға барғым келеді | cat.club
танцевать хочу | cat.club
дочь обижает | cat.safety
балам ұрып тұрады | cat.safety
обманули на деньги | cat.safety
украли пенсию | cat.safety
жалобу написать на врача | cat.complaint
қызметтеріне көңілім толмайды, шағым | cat.complaint
5 | cat.work
шестое | cat.club
төртеуі | cat.digital~text
консультация юриста | cat.legal
заңгермен кеңесу | cat.legal
суд проиграли | cat.legal
псхолог | cat.psych
психологқа барсам | cat.psych
депрессиядамын | cat.psych
сурдо | cat.sign
ымдау аудармашы | cat.sign
смартфон освоить | cat.digital
телефонды қалай қолданамын | cat.digital~/help
интернетке қосылу | cat.digital
работу на дому | cat.work
оқып үйренсем деп едім | cat.work
клуб пенсионеров | cat.club
кездесулерге барғым келеді | cat.club
алдады мені | cat.safety
обижают дети | cat.safety
ақшамды ұрлап кетті | cat.safety
шағымданғым келеді | cat.complaint
жалуюсь на соцработника | cat.complaint
адвокат | cat.legal
заңгерден кеңес сұрау | cat.legal
психологическая помощь | cat.psych
переводчик для глухих | cat.sign
телефоном помочь | cat.digital
интернетім істемейді | cat.digital
жұмыс тауып беріңіз | cat.work
хор | cat.club
меня обманули | cat.safety
алаяққа ұрындым | cat.safety
пожаловаться | cat.complaint
1-вариант | cat.legal
`,
  when: `
сигодня вечерком | when.today
завтро | when.3days
к четвергу | when.3days
нисрочно | when.later
чем раньше тем лучше | when.today
через недельку другую | when.later
послезавтра утречком | when.3days
казир | when.today
ертеңнен қалмай | when.3days
бір аптадан соң | when.later
асыкпаймын | when.later
бүгін кешке қарай | when.today
tomorow | when.3days
in two weeks time | when.later
right this moment | when.today
today or tomorrow | ambiguous
вчера пенсию принесли, сходила в магазин, а там очередь до самого порога | text
севодня | when.today
ближе к вечеру сегодня | when.today
в субботу утром | when.3days
када угодно | when.later
дня через три | when.3days
можно через две недельки | when.later
бугін кешке | when.today
сенбіге дейін | when.3days
асығыс болмаса да | when.later
қазір болса жақсы еді | when.today
wensday | when.3days
whenever suits you | when.later
tonight if possible | when.today
сёдня | when.today
завтра с утречка | when.3days
неспешу | when.later
в ближайший часик | when.today
на выходных | when.3days
через три недели | when.later
дәл бүгін | when.today
бүрсүгінге | when.3days
асықпай келсін | when.later
бүгін немесе ертең | ambiguous
in an hour | when.today
day after tommorow | when.3days
im not in a rush | when.later
сегодня нужно | when.today
прям сейчас | when.today
сегодня до обеда | when.today
быстрее если можно | when.today
бүгін түстен кейін | when.today
казир керек | when.today
тез арада болса | when.today
as soon as possible | when.today
сегодня же | when.today
1 сегодня | when.today
завтра с утра | when.3days
ертең таңертең | when.3days
денька через два | when.3days
в течение трех дней | when.3days
2-3 күнде | when.3days
екі күннен кейін | when.3days
в ближайшее время | when.3days
до пятницы | text~when.3days
tomorrow is fine | when.3days
вторая | when.3days
можно и потом | when.later
не к спеху | when.later
когда вам удобно | when.later
асыкпаймын | when.later
уақыттарың болғанда | when.later
не горит | when.later
мен асықпаймын балам | when.later
когда-нибудь | when.later
не сегодня | text~when.later~when.3days
third | when.later
сегодня бы | when.today
чем скорее тем лучше | when.today
бүгінге | when.today
бүгін кешке дейін | when.today
қазір тез | when.today
сегодня, если получится | when.today
оч срочно | when.today
немедля | when.today~text
бугын | when.today
bügın | when.today
first one | when.today
завтра или послезавтра | when.3days
завтрашний день | when.3days
ертеңге | when.3days
ертен тусте | when.3days
3 кун ишинде | when.3days
екі-үш күннің ішінде | when.3days
в эти дни | when.3days
день-два подожду | when.3days~when.later~ambiguous
2 күннен соң | when.3days
два | when.3days
in three days | when.3days
в воскресенье | text~when.3days
кейінірек болса да болады | when.later
можно позже | when.later
как будет время | when.later
в любое удобное время | when.later
асыгыс емес кой | when.later
мен күте беремін | when.later
не очень срочно | when.later
не тороплюсь я | when.later
бос болғанда | when.later
3-ші | when.later
через месяц | when.later
it can wait | when.later
not today | text~when.later~when.3days
сегодня днем | when.today
бүгін керек | when.today
срочна | when.today
дәл бүгін | when.today
завтра бы | when.3days
ертең келсеңіздер | when.3days
за эти три дня | when.3days
3 күнде | when.3days
через день | when.3days
мне не к спеху, когда сможете | when.later
асыгыс емес | when.later
кейін болсын | when.later
успеется | when.later~text
потом как-нибудь | when.later
2 вариант | when.3days
срочно! сегодня! | when.today
Сегодня-завтра | ambiguous
не срочно, на этой неделе | when.3days~when.later~ambiguous
я не знаю когда | text
бүгін болса жақсы болар еді | when.today
сегодня очень нужно | when.today
тез керек | when.today
в течение 3 дней | when.3days
ертең болса да болады | when.3days
завтра днём | when.3days
можно завтра | when.3days
асықпаңыздар | when.later
без спешки | when.later
когда нибудь потом | when.later
мне всё равно когда | when.later
первое | when.today
`,
  who: `
для сестрёнки моей двоюродной | who.other
а мне можно? | who.me
я хочу пользу приносить | who.vol
тётке | who.other
мнее | who.me
не себе, соседу снизу | who.other
інімнің баласына | who.other
өзимизге | who.me
қолымнан келгенше көмектесемін | who.vol
әке-шешеме | who.other
for my husband, he fell ill | who.other
I'll help | who.vol
third | who.vol
дедуле своему | who.other
лично мне самому | who.me
могу дрова колоть, помогать | who.vol
нам со старухой моей | who.me
атам мен әжеме | who.other
маған ғой енді | who.me
еріктілерге жазылайын | who.vol
құрбыма керек еді | who.other
my elderly mum | who.other
i want to give some help | who.vol
me please dear | who.me
мужу моему | who.other
для самой себя | who.me
хочу людям помогать как могу | who.vol
крёстному | who.other
и себе и маме | ambiguous
нағашы апама | who.other
өзіме керек болып тұр | who.me
көмекке келгім келеді | who.vol
өзіме не анама | ambiguous
for dad | who.other
it's just me here | who.me
мне надо | who.me
самому себе | who.me
я для себя прошу | who.me
өзіме керек еді | who.me
озим | who.me
me please | who.me
для соседки бабы Нины | who.other
моей маме 80 лет | who.other
көрші апама | who.other
енеме көмек керек | who.other
свекрови | who.other
папе моему | who.other
it's for my neighbor | who.other
шешем ауырып жатыр | who.other
волонтером хочу стать | who.vol
ерікті болғым келеді | who.vol
сама хочу людям помогать | who.vol
мне одной | who.me
это мне нужно | who.me
өзімнің көмек керек | who.me
мен өзім | who.me
ozime | who.me
нам с дедом | who.me~who.other~ambiguous
I need help myself | who.me
бабушке соседке | who.other
маме | who.other
ата-анама | who.other
анам үшін | who.other
атама комек керек | who.other
жездеме | who.other
не себе, а соседу | who.other
моему дяде | who.other
жұбайыма | who.other
my grandfather needs it | who.other
одной пожилой женщине | who.other
волонтер | who.vol
я сам хочу помогать старикам | who.vol
комектескым келеды | who.vol
екінші | who.other
3 | who.vol
мне | who.me
Менің өзіме ғой | who.me
себе самой | who.me
для своей мамы | who.other
апайға | who.other
көршіміз үшін | who.other
соседу деду Ивану | who.other
мужу моему | who.other
әжеме көмектесіңіздерші | who.other
my mum | who.other
хочу стать волонтёром | who.vol
көмек бергім келеді | who.vol
помогать людям | who.vol
Өзіме және шалыма | ambiguous~who.other~who.me
маған ғой | who.me
это я сама прошу | who.me
жалғыз өзіме | who.me
апам үшін | who.other
маминой сестре | who.other
тёте Гуле | who.other
кемпіріме | who.other
хочу помочь людям | who.vol
волонтермін | who.vol
моей соседке | who.other
`,
  consent: `
да я согласна | consent.yes
ну конечно | consent.yes
согласна на всё | consent.yes
иа келисемин | consent.yes
ок давайте | consent.yes
да да пожалуйста | consent.yes
жарайды балам | consent.yes
келісім беремін | consent.yes
yes I agree | consent.yes
угу | consent.yes
нет не согласен | consent.no
не хочу | consent.no
жоқ, керек емес | consent.no
бермеймін | consent.no
нет доченька не надо | consent.no
I don't want | consent.no
ой нет | consent.no
надо подумать | text
с дочкой посоветуюсь | text
да, даю согласие | consent.yes
согласна конечно | consent.yes
иә әрине | consent.yes
ия болады | consent.yes
дa | consent.yes
Да! | consent.yes
давайте согласна | consent.yes
хорошо согласен | consent.yes
келісем | consent.yes
kelisemin | consent.yes
sure, go ahead | consent.yes
агаа | consent.yes
конечно согласна, что поделать | consent.yes
рұқсат беремін | consent.yes
1 да | consent.yes
неа | consent.no
нет конечно | consent.no
не согласен я | consent.no
келіспеймін рахмет | consent.no
kelispeimin | consent.no
болмайды | consent.no
я боюсь, не хочу | consent.no
no thanks | consent.no
❌ | consent.no
потом решу | text
сначала объясните | text
да, доверяю | consent.yes
соглашусь | consent.yes
иә келісем | consent.yes
ok | consent.yes
конечно да | consent.yes
+1 | consent.yes~text
ну ладно | consent.yes
жақсы келісемін | consent.yes
не дам | consent.no~text
нет-нет | consent.no
жоқ келіспеймін | consent.no
отказ | consent.no
не хочу давать | consent.no
келісім жоқ | consent.no
2 нет | consent.no
ия келісемін | consent.yes
да да | consent.yes
согласна доченька | consent.yes
не возражаю | consent.yes
ok good | consent.yes
иә, болады | consent.yes
жоқ рақмет | consent.no
я против | consent.no
нет! | consent.no
не разрешаю | consent.no
`,
  received: `
приходила девушка, всё сделала | req.yes
не доделали маленько | req.part
да не пришёл никто | req.no
угу | req.yes
иә болады | req.yes
жартысын істеп кетті | req.part
жоқ келмеді | req.no
yep all sorted | req.yes
not everything | req.part
nope no one | req.no
всё привезли спасибо | req.yes
частичьно | req.part
нет никого не было | req.no
келіп тазалап кетті | req.yes
толық бітірген жоқ | req.part
әлі ешкім келмеді | req.no
yes he fixed it | req.yes
partly done | req.part
no show | req.no
помогла Айгуль, спасибо ей | req.yes
сделали но не всё | req.part
никого нет до сих пор | req.no
әкеліп берді ғой | req.yes
аздап қана | req.part
ешкім хабарласпады | req.no
he did not come | req.no
almost everything | req.part
all good thanks | req.yes
да, спасибо большое | req.yes
помогли, дай бог здоровья | req.yes
келіп көмектесіп кетті | req.yes
иә көп рахмет сіздерге | req.yes
всё принесли | req.yes
да только не всё | req.part
половину сделали | req.part
жартысын ғана істеді | req.part
еще не закончили | req.part
никто не приходил | req.no
нет еще | req.no
келмеді ешкім | req.no
ещё не помогли | req.no
nobody came | req.no
да помогли спасибо | req.yes
көмек алдым рахмет | req.yes
мальчик пришёл всё сделал | req.yes
приезжали да | req.yes
бәрі жақсы болды | req.yes
не полностью | req.part
чуть-чуть осталось | req.part
толық бітпеді | req.part
частично помогли | req.part
нет никто не пришел | req.no
жоқ әлі | req.no
ешкім келген жоқ | req.no
не дождались никого | req.no~text
no one helped | req.no
екінші | req.part
иә көмектесіп кетті | req.yes
да пришли и помогли | req.yes
сделали все как надо | req.yes
не всё принесли | req.part
көмектесті бірақ толық емес | req.part
ещё нет | req.no
не пришел никто | req.no
жоқ, ешкім келмеді | req.no
нет не помогли | req.no
ещё жду | text
иә | req.yes
да, волонтёр приходил | req.yes
бәрін істеп берді | req.yes
да но не до конца | req.part
толық емес әлі | req.part
нет, не пришла она | req.no
ешкім көмектескен жоқ | req.no
`,
  rate: `
харошо | rate.4
на отличненько | rate.5
тройбан | rate.3
плоха | rate.2
3 с плюсом | rate.3
ужастно | rate.1
бесеу | rate.5
жаман болмады | rate.4
орташа ғана | rate.3
өте нашар болды | rate.1
very gud | rate.5
avrage | rate.3
5/5 | rate.5
quite poor | rate.2
10 | outOfRange
отлична | rate.5
четвёрочку поставлю | rate.4
средненька | rate.3
плохенько | rate.2
кашмар | rate.1
керемет болды рахмет | rate.5
үш қоям | rate.3
нашарлау | rate.2
оте нашар | rate.1
verry good | rate.5
so so really | rate.3
awfull | rate.1
на пятёрку | rate.5
ничё так | rate.3
нормальна | rate.3
хужее некуда | rate.1
не понравилась | rate.2
отличный болды | rate.5
жаксы болды | rate.4
екілік | rate.2
өтте керемет | rate.5
wonderfull | rate.5
good enogh | rate.4
not so good | rate.2
троечка | rate.3
пять с плюсом | rate.5
все отлично спасибо | rate.5
очень довольна | rate.5
5! молодцы | rate.5
бес қоямын | rate.5
өте ризамын | rate.5
четверка | rate.4
хорошо помогли | rate.4
4 балла | rate.4
жаман емес | rate.4
троечка | rate.3
нормально | rate.3
не понравилось | rate.2
ужасно | rate.1
1 | rate.1
кол | text~rate.1
пятёрочка | rate.5
на пять | rate.5
5 балл | rate.5
супер всё | rate.5
очень очень хорошо | rate.5
керемет рахмет | rate.5
өте жақсы болды | rate.5
пять | rate.5
хорошо | rate.4
жақсы рахмет | rate.4
четыре с минусом | rate.4
твёрдая четвёрка | rate.4
орташа ғой | rate.3
удовлетворительно | rate.3
так себе если честно | rate.3
двойка вам | rate.2
көңілім толмады | rate.2
өте жаман | rate.1
очень плохо! | rate.1
единицу | rate.1
5 | rate.5
ставлю пять | rate.5
всё супер | rate.5
бес балл | rate.5
өте өте жақсы | rate.5
4 хорошо | rate.4
төрт қоямын | rate.4
на четверку | rate.4
не очень | rate.3
3 балла | rate.3
2 | rate.2
нашар болды | rate.2
один | rate.1
0 | /back
спасибо вам | text
5 рахмет | rate.5
пять баллов | rate.5
бесті қоямын | rate.5
замечательная девочка | rate.5
4 ғой | rate.4
посредственно | rate.3~text
плоховато | rate.2
өте нашар болды | rate.1
`,
  check: `
всё чётенько | check.yes
имя неправильное | check.edit
канешно верно | check.yes
не тот подъезд указан | check.edit
иә дұрыс | check.yes
көшесі қате жазылған | check.edit
yes correct | check.yes
no, phone is different | check.edit
правельно | check.yes
отправляй давай | check.yes
дом другой у меня | check.edit
барлыгы дурыс | check.yes
телефон нөмірім қате | check.edit
thats all right | check.yes
change phone nmber | check.edit
да, всё правильно | check.yes
номер телефона не тот | check.edit
подтверждаю всё | check.yes
дурыс, жиберыныз | check.yes
қатесін түзетейін | check.edit
its all correct | check.yes
no my name is wrong | check.edit
да всё правильно | check.yes
все так | check.yes
верно отправляйте | check.yes
иә барлығы дұрыс | check.yes
нет, адрес не тот | check.edit
не так | check.edit
номер неправильный | check.edit
қате кетіпті | check.edit
түзету керек | check.edit
yes correct | check.yes
да верно | check.yes
все правильно записано | check.yes
дурыс | check.yes
бари дурыс | check.yes
иа бары дурыс | check.yes
ок отправляй | check.yes
нет неправильно | check.edit
адрес другой | check.edit
надо исправить телефон | check.edit
дұрыс емес жазылған | check.edit
ошибка в имени | check.edit
өзгертейін деп едім | check.edit
no, change the address | check.edit
жоқ дұрыс емес | check.edit
да все верно | check.yes
дұрыс бәрі | check.yes
верно | check.yes
иә | check.yes
✅ | check.yes
нет ошибка | check.edit
телефон исправить | check.edit
жоқ | check.edit
неправильный адрес | check.edit
қате | check.edit
имя неправильно написали | check.edit
да так | check.yes
иә солай | check.yes
правильно всё | check.yes
номер не тот | check.edit
түзетіңізші | check.edit
не совсем верно | check.edit
`,
  language: `
можно на русском | lang.ru
орыс тілінде | lang.ru
казахский язык | lang.kk
қазақ тілінде сөйлейік | lang.kk
kazakh please | lang.kk
казахша | lang.kk
по русски | lang.ru
орысша болсын | lang.ru
1 | lang.kk
English | lang.en
инглиш | lang.en
қазақша сөйлейміз | lang.kk
Казакша | lang.kk
на казахском | lang.kk
русский пожалуйста | lang.ru
орыс тілі | lang.ru
английский язык | lang.en
РУС | lang.ru
`,
}
