// Passwords of eight characters and more that leaks show most often, in lower case; shorter ones are refused by their length. The 4,500 that
// come first in the list of zxcvbn 4.4.2 (Dropbox, MIT; counted by it in published leaks) are all here, and others of the same kind.
const list = `
12345678 123456789 1234567890 12345678910 123456789a 123456789q 12345678a 12345678q 0123456789 012345678 01234567 123123123 123123123a
1231231234 12341234 123412345 12344321 123454321 123456123 123456123456 123456321 1234554321 12345654321 123456654321 1234567a 1234567q
12345678901 123456789123 1234567891 1234567899 12345679 1234512345 123321123 123321123321 123abc123 123qwe123 123qweasd 123qweasdzxc 123698745
12369874 1236987410 147258369 14725836 147852369 1478963250 147896325 159357456 159753456 159753852 159951159 789456123 789456123a 741852963
7418529630 963852741 987654321 9876543210 987654321a 98765432 87654321 876543210 11111111 111111111 1111111111 11111111a 11112222 11223344
1122334455 112233445566 11221122 12121212 1212121212 121212121 13131313 10101010 101010101 22222222 222222222 22334455 33333333 333333333
44444444 55555555 555555555 5555555555 66666666 666666666 77777777 777777777 7777777777 88888888 888888888 8888888888 99999999 999999999
9999999999 00000000 000000000 0000000000 00001111 00112233 12345qwert 12345qwerty 123456qwerty 1234qwer 1234qwerasdf 1234abcd 12qwaszx
1a2b3c4d 1a2b3c4d5e 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i9o0p 1qaz1qaz 1qaz2wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv
1qazxsw2 1qaz!qaz 1qaz@wsx !qaz1qaz !qaz2wsx !qazxsw2 zaq12wsx zaq1zaq1 zaq1xsw2 zaq!2wsx xsw21qaz 2wsx3edc 2wsxzaq1 3edc4rfv 4rfv5tgb
q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 qazwsxed qazwsxedc qazwsxedcrfv qazxsw21 qazxswedc qwaszx12 qweasdzxc qweasdzxc123 qweasd123 qwe123qwe
qwe123456 qweqweqwe qweqwe123 qwer1234 qwer12345 qwer4321 qwerasdf qwerasdfzxcv qwerqwer qwert123 qwert1234 qwert12345 qwerty00 qwerty01 qwerty11
qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwerty21 qwerty77 qwerty99 qwerty321 qwertyqwerty qwertyui qwertyuio qwertyuiop
qwertyuiop1 qwertyuiop123 qwertyuiop[] qwertyasdf qwertyasdfgh qwertyuiopasdfghjkl qwerty1! qwertz123 qwertz12 qwertzui qwertzuiop azertyuiop
azerty123 azerty12 azerty123456 azertyui asdf1234 asdf12345 asdfasdf asdfasdfasdf asdfghjk asdfghjkl asdfghjkl1 asdfghjkl123 asdfghjkl; asdfjkl;
asdfqwer asdfzxcv asd123456 asdasd123 asdasdasd asdqwe123 zxcv1234 zxcvbnm1 zxcvbnm, zxcvbnm,./ zxcvbnm123 zxcvzxcv zxcasdqwe zxczxczxc zxc123456
mnbvcxz1 poiuytrewq lkjhgfdsa 0987654321 098765432 09876543 abc12345 abc123456 abc123456789 abc123abc abc1234567 abcabc123 abcabcabc abcd1234
abcd12345 abcd123456 abcdabcd abcde12345 abcde123 abcdef12 abcdef123 abcdef123456 abcdefgh abcdefghi abcdefghij abcdefg1 abcdefg123 aa123456 aa12345678
aa123456789 a1234567 a12345678 a123456789 a1234567890 a1a1a1a1 a1b2c3d4 a1b2c3d4e5 a1s2d3f4 a1s2d3f4g5 aaaa1111 aaaaaaaa aaaaaaaaa aaaaaaaaaa
as123456 as12345678 az123456 q1234567 q12345678 q123456789 qq123456 qq123456789 qqqqqqqq qqww1122 qwqwqwqw s1234567 w1234567 x1234567 z1234567
z123456789 zz123456 zzzzzzzz xxxxxxxx xxxxxxxxx ssssssss dddddddd ffffffff wwwwwwww llllllll oooooooo password password! password1 password1! password10
password11 password12 password12! password123 password123! password1234 password12345 password123456 password13 password2 password21 password22
password3 password4 password5 password6 password7 password77 password8 password9 password99 password01 password00 password69 password2020
password2021 password2022 password2023 password2024 password2025 passwords passwordpassword p@ssw0rd p@ssw0rd1 p@ssw0rd123 p@ssw0rd! p@ssword p@ssword1
p@ssword123 pa$$w0rd pa$$word passw0rd passw0rd! passw0rd1 passw0rd123 passwort passwort1 passwort123 password. pass1234 pass12345 pass123456 passpass
mypassword mypass123 mypassword1 newpassword newpass123 nopassword thepassword yourpassword drowssap contraseña contrasena motdepasse wachtwoord
salasana parola123 parola12 sifre123 heslo123 haslo123 senha123 senha1234 senha12345 mudar123 admin123 admin1234 admin12345 admin123456 admin@123
admin123! administrator administrator1 adminadmin admin2020 root1234 rootroot toor1234 user1234 username useruser guest123 guest1234 test1234 test12345
test123456 testtest testtest1 testing1 testing123 tester123 tester12 temp1234 temp12345 temporary default1 changeme changeme1 changeme123 changeme! change123
letmein1 letmein12 letmein123 letmein! letmeinnow welcome1 welcome1! welcome12 welcome123 welcome123! welcome2 welcome2020 welcome2021 welcome2024
welcome@123 login123 login1234 loginlogin secret12 secret123 topsecret supersecret access14 access123 private1 security security1 server123 system32
computer computer1 computer123 computers internet internet1 internet123 windows1 microsoft windows10 linux123 samsung1 samsung123 samsung12 nokia123 motorola
blackberry google123 google12 facebook facebook1 facebook123 youtube1 youtube123 myspace1 linkedin twitter1 whatsapp instagram minecraft minecraft1
minecraft123 pokemon1 pokemon12 pokemon123 starcraft warcraft warcraft1 worldofwarcraft playstation playstation2 nintendo nintendo64 xbox360x roblox123
fortnite fortnite1 fortnite123 counterstrike runescape runescape1 runescape123 leagueoflegends halflife2 finalfantasy zeldazelda starwars starwars1
startrek startrek1 jediknight darthvader skywalker enterprise matrix123 terminator spiderman spiderman1 superman superman1 superman12 superman123 batman123
batman12 batman1234 ironman1 wolverine captain1 avengers deadpool1 harrypotter hogwarts voldemort gandalf1 frodobaggins legolas1 lordoftherings
dragon12 dragon123 dragon1234 dragonball dragonball1 dragonballz dragons1 naruto123 naruto12 naruto1234 sasuke123 onepiece1 monkey12 monkey123 monkey1234
monkeys1 football football1 football12 football123 footballs baseball baseball1 baseball12 baseball123 basketball basketball1 softball softball1 volleyball
hockey12 hockey123 soccer12 soccer123 soccer10 swimming swimming1 wrestling skateboard snowboard lacrosse cheerleader champion champion1 liverpool
liverpool1 liverpool123 chelsea1 chelsea123 chelseafc arsenal1 arsenal12 arsenal123 manchester manchesterunited manutd123 barcelona barcelona1 barcelona123
realmadrid realmadrid1 juventus juventus1 acmilan1 galatasaray fenerbahce besiktas corinthians flamengo palmeiras bayern123 benfica1 celtic1888 rangers1
rangers123 yankees1 lakers24 cowboys1 steelers steelers1 patriots packers1 broncos1 eagles123 redsox04 ronaldo7 ronaldo123 cristiano cristiano7 messi123
jordan23 jordan123 michael1 michael123 michael12 michelle michelle1 jennifer jennifer1 jessica1 jessica123 jessica12 ashley12 ashley123 amanda12 amanda123
nicole12 nicole123 daniel12 daniel123 daniela1 danielle danielle1 andrew12 andrew123 anthony1 anthony123 matthew1 matthew123 joshua12 joshua123
christian christian1 christopher christine christina christina1 alexander alexander1 alexandra alexandr alexander123 alejandro alejandra benjamin benjamin1 brandon1
brandon123 charlie1 charlie12 charlie123 chelsea12 elizabeth elizabeth1 gabriel1 gabriela gabriel123 isabella isabella1 jonathan jonathan1 jasmine1
jasmine123 kimberly kimberly1 lauren12 madison1 madison123 mariana1 margaret melissa1 melissa123 nathan12 nathalie natalia1 nicholas nicholas1 olivia12
patricia patrick1 patrick123 rebecca1 rebecca123 robert12 robert123 samantha samantha1 samantha123 sebastian sebastian1 stephanie stephanie1 stephen1
thomas12 thomas123 tiffany1 timothy1 valentina valentin veronica veronika victoria victoria1 victoria123 vanessa1 vanessa123 william1 william123 williams
zachary1 francesco francesca giovanni giuseppe alessandro alessandra federico federica valentina1 fernando francisco guillermo katherine catherine
caroline charlotte carolina carolina1 estrella estrella1 esperanza mohammed mohammed1 muhammad muhammad1 mustafa1 abdullah abdullah1 bismillah bismillah1
alhamdulillah allahuakbar inshallah krishna1 krishna123 jaimatadi ganesha1 shivshakti saibaba1 india123 india1234 pakistan pakistan1 pakistan123 bangladesh
indonesia malaysia philippines thailand vietnam1 mexico123 colombia colombia1 argentina brasil123 brasil10 england1 scotland ireland1 australia canada123
america1 america123 american newyork1 newyork123 california florida1 texas123 chicago1 london123 paris123 espana123 germany1 deutschland frankreich
schweiz1 hamburg1 berlin123 schalke04 borussia dortmund iloveyou iloveyou! iloveyou1 iloveyou12 iloveyou123 iloveyou2 iloveyou3 iloveyou7 iloveyou22
iloveyousomuch iloveu123 iloveme1 ilovegod ilovemom ilovejesus loveyou1 loveyou123 loveyou2 loveme123 lovelove lovely12 lovely123 lover123 lovers123
love1234 love12345 love123456 mylove123 mylove12 truelove truelove1 forever1 forever123 forever21 foreverlove teamo123 teiubesc teamomucho tequiero
tequieromucho amorcito amoremio princesa princesa1 princesse princess princess! princess1 princess12 princess123 princess2 sweetheart sweetie1 sweetpea
babygirl babygirl! babygirl1 babygirl12 babygirl123 babyboy1 beautiful beautiful1 cutie123 darling1 angel123 angel1234 angelito angelina angelica angels12
butterfly butterfly1 butterfly123 sunshine sunshine! sunshine1 sunshine12 sunshine123 sunflower sunflower1 moonlight starlight rainbow1 rainbow123 rainbow12
flower12 flower123 flowers1 chocolate chocolate1 chocolate123 cupcake1 cupcake123 cookie12 cookie123 cookies1 strawberry blueberry cherry12 cherry123 banana12
banana123 bananas1 orange12 orange123 pineapple watermelon coffee12 coffee123 purple12 purple123 yellow12 yellow123 blue1234 black123 green123 silver12 golden12
diamond1 diamond123 platinum shadow12 shadow123 shadow1234 hunter12 hunter123 master12 master123 master1234 killer12 killer123 killer1234 ninja123 warrior1
warrior123 phoenix1 phoenix123 mustang1 mustang123 corvette corvette1 ferrari1 ferrari123 mercedes mercedes1 porsche1 porsche911 lamborghini toyota123 yamaha123
harley123 kawasaki suzuki123 honda123 subaru12 trustno1 trustno1! whatever whatever! whatever1 whatever123 nothing1 something nobody12 somebody anything
everything blessed1 blessing freedom1 freedom123 freedom! friends1 friends123 friendship family12 family123 mother12 mother123 father12 daddy123 mommy123
mamapapa grandma1 grandpa1 brother1 sister12 maggie12 maggie123 buster12 buster123 ginger12 ginger123 pepper12 pepper123 tigger12 tigger123 bailey12 bailey123
snoopy12 snoopy123 garfield mickey12 mickey123 mickeymouse minniemouse tinkerbell tinkerbell1 hellokitty hellokitty1 spongebob spongebob1 scooby12 scooby123
scoobydoo pikachu1 pikachu123 kitty123 kittycat kittykat doggy123 puppy123 tiger123 tigers12 panther1 panthers elephant elephant1 dolphin1 dolphin123
dolphins dolphins1 penguin1 penguin123 horses12 unicorn1 unicorn123 mermaid1 cowboy12 redneck1 marine12 military soldier1 veteran1 sniper123 gunner12 police12
ranger12 doctor12 student1 student123 teacher1 teacher123 college1 school12 school123 highschool graduate business business1 manager1 office12 company1
money123 money1234 moneymoney dollars1 million1 billionaire rich1234 casino12 lottery1 jackpot1 lucky123 lucky777 lucky13x blink182 eminem123 metallica metallica1
ironmaiden nirvana1 nirvana123 slipknot slipknot1 slipknot123 linkinpark linkinpark1 greenday greenday1 evanescence rammstein rammstein1 beatles1 zeppelin ledzeppelin
pinkfloyd pinkfloyd1 rolling1 acdc1234 guitar12 guitar123 music123 musicmusic drummer1 drummer12 hiphop123 tupac123 50cent12 bobmarley bobmarley1 elvis123
january1 february february1 march123 april123 june1234 july1234 august12 august123 september september1 october1 october123 november november1 november11
december december1 december12 monday123 tuesday1 wednesday thursday friday12 friday123 friday13 saturday sunday123 spring2020 spring2021 spring2022 spring2023
summer12 summer123 summer01 summer07 summer08 summer09 summer2019 summer2020 summer2021 summer2022 summer2023 summer2024 summer99 autumn12 autumn2020 autumn2021
winter12 winter123 winter2019 winter2020 winter2021 winter2022 winter2023 winter2024 christmas christmas1 birthday halloween halloween1 valentine happy123
happyday happiness hello123 hello1234 hello12345 hellohello helloworld helloworld1 hello123! hola1234 holahola bonjour1 bonjour123 salut123 privet123 merhaba1
goodluck goodday1 goodbye1 cheese12 cheese123 peanut12 peanut123 bubbles1 bubbles123 bubblegum snickers snickers1 doritos1 mountaindew pepsi123 cocacola cocacola1
jesus123 jesus1234 jesus777 jesuschrist jesuslovesme jesusislord jesussaves jesus4me godislove godisgood godisgreat godbless heaven12 hallelujah salvation christ123
satan666 lucifer1 demon123 devil666 vampire1 zombie12 zombie123 ghost123 monster1 monster123 pumpkin1 pumpkin123 asshole1 asshole123 bitch123 fuckyou! fuckyou1
fuckyou12 fuckyou123 fuckyou2 fuckoff1 fuckme69 bullshit bullshit1 shithead dickhead motherfucker suckmydick sexy1234 sexybitch sexygirl sexylady sexsexsex
hardcore playboy1 playboy123 pussycat bigdaddy bigdaddy1 trouble1 stupid12 stupid123 idiot123 loser123 crazy123 crazygirl badboy12 badgirl1 gangster gangster1
skater12 skater123 scorpion scorpion1 capricorn aquarius sagittarius gemini12 virgo123 leo12345 taurus12 midnight midnight1 midnight123 darkness darkness1 darkside
blackcat blackjack blackbird bluebird bluesky1 redwings redrum12 greenbay snowball snowflake snowman1 thunder1 thunder123 lightning hurricane tornado1 volcano1
mountain1 mountain ocean123 beach123 island12 paradise paradise1 holiday1 vacation traveler adventure discovery explorer explorer1 universe galaxy12 galaxy123
saturn12 jupiter1 mercury1 apollo11 apollo13 einstein newton12 leonardo davinci1 napoleon alexander2 spartan1 spartan117 spartans gladiator colossus
titanic1 godzilla kingkong rocky123 rambo123 jamesbond jamesbond007 bond0077 goldeneye godfather scarface scarface1 tonymontana alpacino sherlock
simpsons homer123 bartsimpson southpark southpark1 familyguy futurama anime123 ichigo12 bleach123 deathnote deathnote1 sailormoon chicken1 chicken123 hamster1
rabbit12 turtle12 turtle123 spider12 spider123 bulldog1 bulldogs bulldogs1 wildcats1 longhorns gators12 hawkeyes huskers1 buckeyes tarheels
crimson1 volunteers sooners1 aggies12 jayhawks badgers1 wolverines spartans1 mississippi tennessee carolina12 virginia virginia1 georgia1 alabama1 oklahoma
colorado minnesota michigan michigan1 washington washington1 arizona1 montana1 houston1 phoenix12 atlanta1 detroit1 brooklyn brooklyn1 hollywood hollywood1
zaqwsx123 zaqxswcde zaqwsxcde q2w3e4r5 w2e3r4t5 asdf123456 asdfg123 asdfg12345 asdfgh12 asdfgh123 asdfghj1 asdfghj123 dragon69 mustang69 pussy123 pussy69x
fishing1 fishing123 hunting1 camping1 trucker1 tractor1 johndeere chevrolet chevy123 dodge123 silverado ford1234 fordf150 nascar24 nascar88 racecar1 motocross
airplane airforce aviation pilot123 helicopter scuba123 surfing1 surfer12 skiing12 golfing1 golfer12 tennis12 tennis123 bowling1 karate12 karate123 kungfu12 boxing12
maverick marlboro liverpoo redskins butthead metallic rush2112 creative airborne 4815162342 01012011 lifehack guinness lasvegas christin
alexande bollocks poohbear spitfire maryjane svetlana westside 1232323q stargate semperfi cherokee vladimir passport infinity budlight
usuckballz1 fktrcfylh wildcats logitech swordfis freeuser wolverin elizabet spiderma ncc1701d pearljam predator peekaboo rolltide cardinal
chevelle fyfcnfcbz loverboy 123654789 electric wolfpack hercules blizzard cheyenne cjkysirj freepass billybob chocolat stingray firebird
01011980 engineer hellfire serenity fireball darkstar 1029384756 pavilion 01012000 bobafett dbrnjhbz defender precious icecream swordfish
presario rockstar goldfish wrangler cadillac longhorn qazwsx123 christia assassin atlantis lonewolf software srinivas babydoll wordpass
devildog soso123aljg mistress montreal wolfgang basketba hotstuff 31415926 stephani shamrock deftones renegade blahblah enterpri babylon5
trfnthbyf bigboobs aardvark butterfl marathon cavalier 01011990 diamonds highland drpepper pornstar thuglife morpheus wetpussy consumer
adgjmptw overlord sundance ultimate ncc1701e geronimo aleksandr portugal superfly wrinkle1 seminole alejandr 11235813 concrete letmein2
christop trombone rhbcnbyf cdtnkfyf stallion mongoose bluemoon immortal dietcoke hollywoo 14789632 bonehead ghbdtnbr charlott hongkong
ilovesex 1123581321 sebastia werewolf lollipop eternity super123 cooldude tottenha stocking makaveli verbatim raistlin punkrock 01012010
waterloo musicman seinfeld megadeth gn56gn56 skywalke squirrel stardust twilight vanhalen intrepid punisher showtime ekaterina 111222333
skittles hannibal panasonic sandiego portland blackdog californ playtime warriors chargers dingdong mushroom crusader dkflbvbh stranger
guardian slapshot septembe munchkin 1passwor barcelon coltrane katerina shaney14 fuck_inside discover spanking lonestar meridian heather1
stonecol 192837465 lowrider 25802580 richard1 tacobell halflife keyboard kangaroo socrates formula1 mailcreated5240 fuckface penguins
ragnarok dodgeram mustangs sithlord scoobydo oblivion titleist bigballs blueeyes mersedes 12312312 nuttertools gateway1 peterpan kingston
pa55word freckles aspirine mariners deadhead rootbeer scooter1 plymouth creampie justdoit lightnin caliente goodtime thankyou raiders1
brucelee redalert catherin porkchop sapphire blackjac chevrole 01012001 amsterdam spectrum labrador syracuse front242 candyman commando
clitoris pineappl lesbians 8j4ye3uz monopoly romashka 123456aa gangbang snuggles infiniti 1234567890q cosworth qawsedrf doberman webmaster
porsche9 beefcake godsmack viktoria starbuck valhalla starfish achilles ncc1701a sailboat jackson1 phillies pa55w0rd swingers frontier
butthole doughboy nebraska agent007 pinkfloy dannyboy luckydog whocares vfrcbvrf ihateyou vkontakte mandingo dilligaf bunghole golfball
technics 01011991 15426378 aberdeen stripper hurrican rfnthbyf dthjybrf excalibu lancelot keystone flamingo designer kamikaze warhammer
deeznuts macdaddy manchest meatball eatpussy sentinel 123456789z jamesbon billyboy microsof microlab gordon24 pantyhos 01011985 73501505
passwor1 azsxdcfv charlton 01011970 bigmoney superstar saratoga wildfire vladislav 321654987 01011981 maradona chester1 rjirfrgbde rightnow
hyperion treasure meatloaf 01011986 anaconda woofwoof poontang lionking albatros kenworth dinosaur holyshit turkey50 ericsson chickens
fktrcfylhf polniypizdec0211 crazybab anhyeuem hardrock applepie rockhard hellyeah skorpion hedgehog australi 1qa2ws3ed 13243546 yosemite
karolina starship greatone 0.0.0.000 freeporn roadkill killbill 78945612 cinnamon backdoor rastaman sojdlg123aljg robotech 18436572 mechanic
pingpong operator rasputin amsterda majestic wrestlin gotohell kingfish lineage2 charles1 nwo4life fuckthis kcj9wx5n umbrella r2d2c3po
snoopdog splinter underdog megapass p0015123 shannon1 bullseye blackhaw tunafish dkflbckfd 123789456 translator gfhjkm123 supersta magicman
caligula 12131415 dfktynbyf deepthroat tazmania tommyboy marino13 vfhufhbnf brighton budweise getmoney qazwsx12 chainsaw eastside 01011989
undertaker snowboar moneyman chrisbln viewsonic penthous flounder whitesox thanatos panasoni sneakers ghjcnjnfr titanium intruder gargoyle
poseidon newcastl johannes buckshot sunnyday 01011988 goldstar boomboom multiplelo motherlode westwood apple123 sunflowe assholes babyblue
123qwerty starfire paintbal knickers lokomotiv winston1 rjycnfynby thirteen hotpussy philippe avalanch 01011984 idontknow vfvfgfgf 01011987
zerocool 1x2zkg8w zxasqw12 francesc paintball syncmaster aleksandra 02071986 cambiami monalisa chuckles 03082006 mazafaka meathead barefoot
cfitymrf clevelan terrapin clarinet deeznutz pianoman casanova 10203040 meowmeow andromeda crystal1 triangle 01011910 smeghead cerberus
rockford 1q2w3e4r5 goldwing gabriell crjhgbjy james007 tiberius nokia6300 hayabusa salamander 12qw34er thegreat gesperrt whiskers overkill
rhfcjnrf montgom240 sersolution spaceman 12345qwe 01011992 megatron illusion roadking 19411945 hoosiers 01091989 leavemealone balloons
heineken 02071982 mortgage doghouse blackbir hardcock 135792468 seahawks godfathe bookworm talisman babyface hawaiian 01011975 mortimer
roadrunn 01011993 handyman alphabet digital1 beautifu dutchess idontkno teddybea valkyrie inuyasha wareagle gameover wishbone sinister
02021987 02011985 gamecube 02081988 bitchass preacher 02041986 z1x2c3v4 01011977 claymore checkers armagedon 02051986 newpass6 02091987
silverad electron rhtdtlrj 12011987 02101985 thunderb ghostrider blackout 02031986 02021988 123456qw bcfields southpar 02061985 mandarin
cannabis kleopatra tottenham dirtbike 1234567890a jackson5 02011987 slippery bluefish 02091986 1357924680 mollydog 02021986 ghblehjr
starcraf cameltoe vasilisa 01011983 elizaveta flexible farscape yfcntymrf 02081984 scorpio1 fyutkbyf thedoors 02081987 02061986 123qq123
7ugd5hip2j pussyman deadpool 01011982 gatorade carpedie 02021984 cameron1 02031984 corleone 02021985 webmaste chrysler 01020304 987456321
binladen buttercu 02081989 21031988 millwall dragonba stonecold 01011999 02011986 istanbul babylove bullfrog 02061989 bobdylan capslock
teddybear 02041984 gfhjkmgfhjkm coolness barbados knockers amateurs 9293709b13 eldorado soulmate andromed 50spanks 02021983 kakashka
yeahbaby netscape rainbow6 carlitos eastwood microphone coldbeer fgtkmcby just4fun 02021989 02041983 specialk piramida mephisto violetta
spencer1 02051983 smashing fastball buddyboy shitface 02031987 kissmyass radiohea 1234asdf wildcard maxwell1 02011988 02081986 testpass
pringles insomnia 1a2s3d4f 02041982 darklord 02041988 02041987 magician telephon vsjasnel12 iverson3 gamecock budapest yjdsqgfhjkm reckless
02011980 01011979 maksimka kazantip 02101984 concorde qazwsxedc123 pharmacy abnormal jellybea islander jiggaman classics hooligan 02081985
scrabble hawaii50 wg8e3wjf 123456qwe mazda626 rhjrjlbk 02071984 sweetnes masamune mariposa doomsday excalibur buttfuck marcello 02021982
dynamite lollypop michael2 moonbeam 12365478 inspiron 02061988 02031985 forsaken katarina fullmoon sausages stanislav robotics mobydick
senators pumpkins windsurf reddevil vfitymrf nevermind woodland anastasiya 02081982 presiden yankees2 02051982 vanguard rjhjktdf firewall
02011984 temppass 02031982 fandango 02061980 highheel christma 02061987 icehouse earnhard 01081989 02091983 misfit99 02101987 1z2x3c4v
platypus 05051987 02041985 radiohead 12051988 spongebo abrakadabra dodgers1 02101989 vikings1 viktoriya 02071980 reddwarf longjohn 02071987
slamdunk honolulu 134679852 johndeer windmill bergkamp 02091981 irishman zildjian 02041981 02061983 mudvayne freebird 02091980 02091984
snowflak 01011900 nygiants playstat webhompas jefferso comanche monkeybo 02051987 death666 hounddog josephin 02071988 02041979 thisisit
05051985 pallmall fishbone genesis1 clippers 02051988 02081977 22041987 bigblock whiteout 02061984 fuckinside 02031981 123456789s bluebell
08031986 undertak chipmunk mazdarx7 kjrjvjnbd choochoo lovelife 02051984 02051989 15051981 anastasi 26061987 roadster cbr900rr good123654
02021979 highbury koroleva washingt 02061982 02091985 redbaron 11051987 james123 krasotka 10011986 pipeline 7894561230 01031988 tkbpfdtnf
smirnoff 21031987 starligh 13041988 fishhead 06061986 02021981 yogibear konstantin terminat ghbywtccf slowhand cricket1 fuckhead nostromo
survivor cnfybckfd lemonade cocksuck peaches1 johnson1 02041989 solitude catwoman bearcats 01011978 wanderer 02101986 paradigm 02011989
fantasia borabora 74108520 12021988 01061990 gtnhjdbx 02071981 01011960 sundevil mustang6 armstron 13041987 revolver 02021976 jackass1
volkswag 30051985 pool6123 marines1 03041991 02031979 24061986 14061991 wildbill 45m2do5bs 21011989 cleopatr 11081989 coventry sidekick
20061988 02081983 gbhfvblf 22021989 zanzibar highlander 23041987 02011981 tinkerbe 01121986 bluesman asdfgh01 threesom 18011987 nautilus
everlast 01071986 ghbdtn123 02071983 02021973 12qw12qw nokia6233 longdong ghjcnjgfhjkm 02091989 02071989 07071987 tokiohotel sonyericsson
pantera1 palmtree 14111986 andyod22 10031988 01041985 handball marseille 19101987 matthias viewsoni 13031987 evangelion 24011985 sandrine
02081980 28041987 sprinter 02101988 25081988 fearless 01091987 antelope 02021990 barselona buddy123 19061987 fyfnjkbq 12121990 10071987
zxcasdqwe123 fairlane honeybee 13061986 fantomas 17051988 10051987 20111986 gladiato 01011995 25800852 buffalo1 cheshire 28021992 10101986
tomahawk 03041986 bigpoppa 01121988 08121986 14021985 margarit success1 pasadena johngalt 02031980 coldplay 04041991 sweetness 10011990
09051945 elcamino trinitro voyager1 02101983 carpente 12121985 22011988 callisto 02101981 vendetta david123 11061985 02031989 yamahar1
wildwood foxylady 02041980 27061988 leedsutd 30041986 11051990 dominion 01061986 enforcer derparol 01041988 29071983 f00tball 25031987
21031990 remingto 01011994 29051989 20031987 02051980 04041988 vjqgfhjkm 28011987 rfvfcenhf 16051989 25121987 16051987 08051990 20091991
carnival 05051989 papillon knuckles 29011985 28021990 cutiepie ghjuhfvvf 22021986 freefall 02011983 17061988 baritone mischief hetfield
dontknow sasha_007 18061990 12031985 12031987 calimero 15011987 alexandre 02031977 08081988 whiteboy 21051991 02071978 18091985 02031988
cygnusx1 31011987 firefigh blowfish screamer 20051988 11121986 01031989 harddick 30031988 02041974 20091988 123456ru wp2003wp 15051990
kordell1 03031986 swinging 01011974 02071979 trucking marijuana 02051978 08031985 noname123 13121985 francisc 02011982 22071986 02101979
obsidian 02051985 dfktynby 02051976 15101986 21101986 lakeside 14021986 strawber nokian73 25091987 16121987 02041975 17011987 slimshady
whistler 10101990 22031984 15021985 01031985 blueball 26031988 chris123 13021990 cassandr 02051973 25041988 paramedi eclipse1 07091990
darkangel 23021986 02051981 smackdow 01021990 argentin moonligh capricor 24111989 21051988 22041988 bigbooty johncena cherries lalakers
dogpound universa eggplant fussball 19283746 vincent1 taekwondo perfect1 capetown budweiser sylveste 02051972 cartman1 marseill magellan
hallo123 southpaw 02041978 notebook pufunga7782 goodgirl 02031978 challeng millenium sabrina1 camaross hotgirls 02051977 bubba123 goldfing
moonshin sonyfuck mandrake 1234zxcv marcius2 navigator fkbyjxrf earthlink opendoor stanley1 07071977 02081976 lakewood bluejays commande
gateway2 01011976 destiny1 espresso toriamos ghhh47hj7649 therock1 p4ssw0rd 23skidoo roadrunner 12345qwer 02071975 bordeaux 135798642
supernov optimist nightwish natasha1 patches1 gsxr1000 hattrick enternow lenochka suckdick intercourse 02061977 02031975 waterboy mamacita
htubcnhfwbz limewire stratfor stigmata klondike marijuan hardball nineinch power123 vauxhall awesome1 funstuff krokodil rfntymrf cabernet
sheepdog 02041977 natalie1 sammy123 baltimor mash4077 cashmone vancouve ilikepie 02071976 123456789m hairball toonarmy pimpdadd theforce
scheisse maserati 02061976 sigmachi bigdicks 02101976 riccardo rfhnjirf dolemite pathfind vqsablpzla modelsne myxworld hellsing rocknrol
02041976 p0o9i8u7 smoothie archange vagabond billabon 22061941 02031973 darkange evolutio morrowind plastics dominiqu nevermore 02021971
forgetit elisabet aolsucks woodstoc 02011975 scrapper minimoni 02091976 ncc74656 slimshad friendster austin31 dilbert1 jellybean 01011971
carebear fireblad 02051975 02101977 pornking 02091975 snowbird lonesome baracuda 12345abc singapor herewego 123456789d kamasutra vipergts
navyseal masterbate peterbil cucumber 123qwert summer69 02091977 sasha123 homemade bradley1 warhamme pinnacle flipflop lfitymrf acidburn
fellatio jeepster vfntvfnbrf trinity1 cartoons rainyday alleycat 12345qaz mustang2 escalade rainbows daisydog cocksucker fyutkjxtr whiplash
adrenalin ambrosia 5wr2i7h8 penetration stickman puppydog charisma nightmar 01011973 laetitia 02091973 0192837465 luckyone 14881488 goldeney
69camaro dragonfl 02081974 02071971 melanie1 phialpha 10293847 bismarck 7777777a 12348765 bynthytn mallorca dragster favorite6 beethove
normandy 1michael 02091971 nounours trumpet1 thumper1 playball rocknroll guillaum buttercup cambridg treefrog sexybabe pavement smackdown
cannibal asdffdsa nthvbyfnjh 369258147 benessere skipper1 123456789qwe sephiroth hallowee sparkles 1qazxsw23edc amethyst volleyba bettyboo
ticklish 02061974 02061972 mynameis junkmail longhair 02101973 gannibal skinhead segblue2 montecar charlie2 candyass special1 02041973
letsdoit allison1 notredam 789654123 liberty1 alcatraz frankie1 1qazzaq1 virginie dfcbkbcf blacklab montrose supernova frederik ilovepussy
justice1 playboy2 motocros lockdown istheman pinetree 1234rewq rustydog tampabay babycake streaming fidelity capitals dreamcas riffraff
playmate zxcvb123 pizzaman delpiero 1million wonderboy 02081973 sergbest 02051970 02031974 44332211 cashmoney left4dead 01011972 66613666
123456as 123456qqq 02041972 1234509876 sunlight 02061971 popcorn1 lol12345 bigtruck revoluti feelgood gogators papamama trooper1 tigercat
usmarine lebowski madagaskar loverman italiano naughty1 fisherman weare138 alpha123 piercing abracadabra macintos 02011971 crescent eatmenow
18121812 kicksass rfhfvtkmrf paladin1 lunchbox riversid acapulco rhfcfdbwf ronaldinho masterbating tennesse matchbox parlament goodyear
02081970 hardwood erection highlife implants bendover supersonic babybear laserjet natedogg sopranos cashflow ghjcnbnenrf alterego claudia1
cantona7 ljxtymrf blueberr demon666 trinitron flyers88 nokia5800 mallrats tamerlan backbone 1qw23er4 nineball stewart1 ballsack flipper1
homepage coolhand greedisgood wonderfu barefeet 1111qqqq kcchiefs cheerleaers mustang5 hillbill macaroni gigabyte cyclones jurassic thebeast
nemrac58 02031970 flvbybcnhfnjh feathers soccer11 marauder redheads greywolf pimpdaddy 123456789r reloaded rfhfylfi 22446688 culinary
1234567aa phantom1 baberuth outsider blackhawk bigblack valeriya gianluca 1q2q3q4q lavalamp pertinant redlight kristin1 poophead monterey
waterfal minnesot bukowski riverrat daredevi kamikadze alex1234 55bgates bellagio stiletto biohazard darthvad lilwayne 123456789987654321
14785236 nightowl beckham7 trueblue nevermin copenhag gallaries dtkjcbgtl fishtank rosewood 1020304050 deerhunt surveyor pitchers 741258963
dipstick jupiter2 softtail greenman z1x2c3v4b5 smartass 12345677 chewbacc nosferatu downhill dallas22 powerman qweasdzx mastermind care1839
atreides monkeyboy nicetits sealteam chopper1 winter99 topolino 01011950 happyman stonewal manunited qwerty13 buddydog start123 civilwar
deadspin tortoise waterski dtxyjcnm interacial nightwin passmast eldiablo 1357908642 screwyou badabing foreplay seductive happines gizmodo1
pizzahut kikimora a1a2a3a4 sprocket wdtnjxtr bisexual makeitso 789632145 fishcake libertad fivestar mississi 123456789v kenneth1 bluestar
ntktdbpjh paperino dragonfly suckcock lapochka mike1234 q1q2q3q4q5 maxpower raymond1 crazyman kissmyas magic123 alessand ghbdtnrfrltkf
augustin 99762000 nathanie 1z2x3c4v5b gangbanged lovehate hondacbr mamochka fisherma bismilla 123456987 20spanks kristen1 bigdick1 qaz123wsx
0987654321q yaroslav websol76 hugoboss websolutions sephirot 918273645 timoxa94 mazda323 sokolova skydiver 1234567890z guillerm stoppedby
nokia5530 123456789o whoknows godspeed foreskin slapnuts rosebud1 sandman1 honeybun letsfuck pippen33 qw123456 lighthou nancy123 jeffrey1
losangeles leonidas general1 bigbucks tickling christophe petrovich dirtydog allstate creepers fujifilm daredevil lionheart catfight
vodafone 01011961 valleywa chickenwing101 livewire livelife roosters ilya1234 architec blackops smirnova dragon01 maurizio zxcvasdf graywolf
3rjs1la7qe macgyver hugetits flathead goofball anthony7 jessica2 123581321 sarajevo rfgbnjirf joystick victory1 saxophon lionhear hillside
24681012 access99 molly123 blackice quant4307s squerting flashman tangerin housewifes monkey69 escorpio warcraft3 qazxsw123 ghbdtndctv
lincoln1 firestorm ludacris milamber evangeli letmesee hooters1 0o9i8u7y glendale scorpions groupd2013 freewill vflfufcrfh cornhole aerosmit
bionicle gfgfvfvf favorite2 shredder wednesda sparhawk firehawk 911turbo funtimes bajingan frenchie 1mustang babemagnet 74123698 truffles
douglas1 skeeter1 angel666 carpediem scirocco fuzzball rushmore lacrimosa chevys10 madonna1 domenico service1 devilman euphoria checkmat
browndog horsemen jediknig allnight starlite close-up wrinkles snapshot dima1995 thetruth priyanka dutchman passcode justinbieber 12349876
12345687 pennywis zaq12345 assmunch wellingt madala11 bettyboop gregory1 hawthorn bernhard dominika vfhbyjxrf lockerroom 1password futyn007
daydream 11001001 asslover mannheim horseman komputer pictuers nokia5130 ejaculation nastenka toulouse smoke420 fullback dreamcast
casablanca salvator pussylover 963258741 vivitron cobra427 armageddon myfriend qwedsazxc illmatic capoeira freedom2 shinigami fhvfutljy
nocturne churchil thumbnils tailgate neworder sexymama earthlin basketbal aligator mojojojo papabear sfgiants billabong monolith ticktock
japanees contortionist fantasy1 woodstock fireman1 embalmer woodwork newstart panorama daedalus fruitbat violator 12345123 knickerless
undertow kfcnjxrf masturbation transexual stinger1 landrove anakonda rfhlbyfk fordtruc archangel greentea morticia longshot starbucks
prelude1 homebrew letmeinn fordf350 michele1 27731828 wingzero qawsedrftg alfarome fantasti 1a2s3d4f5g natascha kennwort q1q2q3q4 qazwsxedc1
diamante pornographic comicbookdb braveheart kickflip arcangel superbow dagobert barbara1 vfpfafrf babemagn sublime1 buckwhea pussy4me
redstorm paramore imtheman milkyway bigpenis newproject2004 rammstei j3qq4h7h2v lambchop anthony2 gfhjkm12 dreamer1 cybersex cowboyup
maximus1 manhatta 1213141516 yfnfitymrf 123456789p trousers fishface motherfu ibilltes maximilian mypasswo marajade morozova enter123
12345asd princeto hellohel ursitesux 1234kekc duracell sevenof9 corvet07 rdfhnbhf tiberian needforspeed dropkick kevin123 a123456a vfhnsirf
sk8ordie fireblade marishka gorillaz revival47 ramstein doorknob devilmaycry nemesis1 pennstat shevchenko detectiv evildead bullwink
asmodeus rapunzel deepthro maxpayne montecarlo hernande 123456789l bravehea 12locked pegasus1 saltydog everques ytngfhjkz businessbabe
123456ab qwerty78 fuckmehard shotokan seahorse everton1 bulldawg monkeyman losangel mastermi zxcvb12345 geibcnbr ladybird rktjgfnhf ghjdthrf
impalass optiplex santacru ignatius newpass1 heather2 snoopdogg blondinka honeydew fuckthat 890098890 goldrush avalanche nokia5230 12340987
dragrace 12345612 123456qq capital1 sammydog hulkster 13245768 omegared l58jkdjp! 123mudar samadams sunderla 123qweas kazanova fktyeirf
bluenose asd12345 waffenss 1a2a3a4a trailers beachbum mackenzi hershey1 bugsbunn newport1 hornyman thething solnishko buckeye1 ethernet
uncencored rb26dett choppers anna2614 callofduty rt6ytere timelord allblack dickweed firestar fred1234 ghjnjnbg milhouse masterbaiting
123698741 invictus yourmama pontiac1 verygood adventur austin316 navigato desperado eightbal 74227422 aerosmith wingchun sanity72 partizan
utahjazz submarin pussyeat heinlein control1 costaric triplets evergree pyramid1 lebron23 blackbelt housewife cynthia1 temptress russell1
frank123 songbird 43046721 girfriend jakester falstaff patrizia goodlife shitfuck 12345678900 russian7 gobigred deborah1 volkswagen alkaline
muffdive 1letmein cannonda cvbhyjdf raindrop citibank fakepass birthday4 nonmembe parsifal rickster coolgirl motorcyc tenerife fordf250
iloveporn hotbabes fynjybyf wapapapa tecumseh 0000000000o blackcock antigone novikova peregrin tooltime bonethug tonyhawk laracroft
mahalkita 18273645 terriers littlema glennwei fuckshit hornyguy southside antonio1 bobmarle ilikesex astonvil account1 maurolarastefy
barracud pathfinder rerfhtre gotyoass grandpri shadow01 lasttime pyramids galeries bigpussy astalavista killzone qaz12345 zxcvvcxz duckhunt
sexsexse fuckyeah bigbutts element1 marketin elbereth blaster1 yamahar6 lindsay1 seattle1 lagwagon misiaczek smokedog ironhors volkodav
penetrating summertime takamine hardwork macintosh passthie phaedrus gulliver domainlock2005 express1 youandme dhjnvytyjub testibil
987654321q thesaint 11122233 x72jhhu3z theclash guesswho gymnastic cxfcnkbdfz lemmings r4e3w2q1 schnuffi basebal1 goodfell hermione peaceout
davidoff yesterda headless catdaddy yorktown tryagain 12s3t4p55 momsanaladventure mustang9 dangerou packard1 excellen jbond007 alligator
wellhung monkeyma vaseline 123456asd cbr600rr doggydog jason123 flipmode sonyvaio sixtynin luscious envision 147896321 369852147 loglatin
payton34 123456789k chipper1 uhbujhbq rsalinas vfylfhby everquest blackass snakeman p455w0rd mysecret phoenix2 panties1 blackcoc blackboy
meandyou lancaste polaroid edinburg fuckedup golfclub bookcase worldcup dkflbvbhjdbx 17171717aa letsplay zolushka 67camaro barracuda
romanova algernon william2 hd764nw5d7e1vb1 robinhood machoman pandora1 tomservo nadezhda saab9000 f15eagle 12qwerty greatsex baywatch
doggystyle 78963214 zz8807zpl 69213124 sidewind soccer13 onepiece bruno123 mustang8 blackbel hatteras camelot1 rebbyt34 vegas123 aleksander
ijrjkflrf lotus123 freiheit drjynfrnt waterpolo cezer121 blondie1 happydog satellit qazwsxedcrfvtgb facefuck deathrow patterso hawkeye1
5tgb6yhn crocodil splatter buratino dragon11 123qwe456 ganjaman 1hxboqg2 cheyanne sebastie maddison 4rfv3edc lifeisgood gooseman insertions
123masha boogaloo stamford pimpster grapeape winchest francis1 1basebal emmitt22 bignasty 123hfjdk147 caseydog peternorth amarillo monkey11
a1a2a3a4a5 sweetass babushka vfnbkmlf gotigers lindsey1 dragon13 qazxsw12 dropdead hitman47 eleven11 bloopers avangard ginscoot masterkey
rootedit hannover 8phrowz622 badkarma glenwood footlove fastcars pantyhose arabella c3por2d2 dillweed geraldin 5hsu75kpot alexandru teamwork
deepblue goodison r2d2c3p0 topsecre mandolin failsafe open1234 priscill trojans1 calamity ufhvjybz hawkwind luv2epus aquafina passwerd
01478520 headshot gbgbcmrf pornpass insertion nyyankee nbuhtyjr fabienne chrissy1 loveme89 boris123 novifarm qwerty777 giveitup 123456abc
assassins swallows moonshine hotchick princessa miranda1 jamaica1 badnaamhere 085tzzqi universi nevermor 0102030405 seraphim ducati99
dkflbvbhjdyf 44magnum ultraman usmc0311 monique1 alphaman greyhoun carefree 063dyjuy assclown hilfiger 100200300 lexingky akatsuki mattingl
redwing1 moonstar tanechka 34523452 carthage bondarenko mostwanted steve123 passions prospero barakuda broodwar christy1 flintsto cumeater
collecti chemistr ytrhjvfyn mobbdeep transfor westham1 daffodil pussylicker warehous polarbea anatoliy cableguy aqualung jimmy123 luckyman
kingsize marigold saopaulo 3216732167 year2005 joseluis lalaland indiana1 buffalos anteater redshift summerti ricochet schastie suikoden
whoopass vladvlad gunsling blackie1 gfhjkzytn foxhound ghjvtntq bluedevi licorice thorsten strange1 vergeten 12345432 8phrowz624 stampede
sailfish 74185296 allstars master01 bayliner michael3 pentium4 mapet123456 phillip1 arsenalfc 32165498 opensesame charles2 backspac mustang0
getsdown wasdwasd redhead1 longlegs 13572468 ducksoup omsairam asterios searcher tashkent 1asshole milenium illumina buster01 bareback
goldfinger 33rjhjds thinkpad bonghits magnavox rooster1 touchdow limpbizkit rhfcfdxbr baphomet afrodita lovefeet matthew2 theworld
thunderbird forklift creatine pussylov bastard1 skyline1 nolimits billiard buttplug westlife coolbean october2 ilya1992 pioneer1 123321456
essendon celticfc chillout thelast1 metalgear vicecity postov1000 charlie3 oldschool legoland antoshka mustang3 rerehepf nokia3250
solidsnake rockroll prashant katharin michael9 mymother pennstate 48151623 fightclub showboat mammamia dustydog dominator pleaseme junkyard
galadriel charlies behemoth master11 mousepad 123321qwe metalica rerfhfxf powerade aaaaaaa1 kovalenko 151nxjmt shadow11 zcxfcnkbdf
gy3yt2rgls 159753123 bladerunner 333666999 orlando1 skateboa red12345 destroye snoogans juancarlo gfhfljrc passfind oscar123 derrick1
viper123 shooter1 nighthaw 13576479 browneye 7hrdnw23 argonaut goodstuf wisconsi abigail1 valdepen ghjnjrjk zaq1xsw2cde3 letmein22 codeblue
nokian70 footbal1 smuggles krasnodar sixtynine ladygaga venezuel kochamcie trustn01 davecole nosferat hotsauce bluebear tarantul asd123asd
theflash 1footbal titlover lucas123 sampson1 dragon99 metropol psychnau vthctltc firework wildcat1 ghtktcnm minotaur favorite7 agnieszka
1a2a3a4a5a scruffy1 clitlick redbeard vfvfvskfhfve sandydog network1 favorite8 longdick mustangg mavericks angelofwar brianna1 slayer666
baldrick lovesexy thissuck characte telecast repytwjdf thematrix hammerhe gunsmoke margosha ghjcnjghjcnj rocketman flhtyfkby pi314159
televizor gtkmvtym dreamers strannik steelhea commodor brian123 ibilljpf ghbrjkbcn q1234567890 hibernia 68camaro 1234567u halfmoon ranchero
passion1 birthday1 henderso boscoe01 simpson1 loredana iloveher fkmnthyfnbdf lostsoul fuckfest spartacu bigstick milashka champagn papichul
hrvatska hondacivic moneybag 246813579 ytyfdbcnm darkmoon playboys tristan1 oriflame thematri multisyn dagestan satriani rocketma pendrago
hellokit bumblebe badlands galactic emachines frontera daisymae hornyboy tigger01 iwantsex rockydog brasilia southsid ghbdtn12 ctdfcnjgjkm
gremlins michael8 123456789abc bigpimpi classic1 malcolm1 ganjubas funnyman 123456789n admin18533362 biggdogg blowjobs 1jennife evgeniya
pinewood justin12 89600506779 notredame funhouse angeleye sweethea imperium salamandra stroller njdevils vittorio %%passwo rjyatnrf shadow13
radiance toshiba1 killemall smallville landscap exploite damage11 dzxtckfd trader12 dragon88 23176djivanfros artofwar metal666
123456789qwerty sobriety karamelka roberto1 lizaveta 08154711 bluenote tazdevil katrina1 bigfoot1 fatpussy nonrev67 qqqq1111 fairview
voltaire qazxswedcvfr dickface lapdance bosstone danielit mounta1n player69 bluegill ilovemyself thetachi goodtimes blacksun chewbacca
centrino hendrix1 vlad1996 sarah123 123456zxc bugsbunny dominic1 freetime internat mazinger inflames laracrof godofwar repytwjd water123
wallace1 goldmine 777888999 holeinon blueline windstar newworld catfish1 flapjack robinhoo cyberonline gemstone indahous patrick2 qwerfdsa
kingrich piramide connect1 astroboy cvzefh1gkc 2wsxcde3 camaro69 qwertasdfg peter123 1qay2wsx camaroz2 trashman bonefish azsxdcfvgb peterose
iwantyou blastoff 12233445 sexybaby brentfor pheasant thunders nokia5300 blingbling richard2 1diamond sensatio maverick1 clinton1 michael7
sunrise1 pizzapie 987412365 oceans11 748159263 palmetto 4r3e2w1q arsehole banderas xboxlive sylvania littlebi valdemar isacs155 prettygirl
newstyle skypilot fatluvr69 country1 jedimast darkknight porn4life alfaromeo ghostman fnkfynblf vatoloco homebase 1111111111zz odysseus
edwardss firestor indians1 babycakes rhapsody death123 slayer66 1q2q3q4q5q mysterio thirdeye dima1996 darkwing jeronimo ronaldo9 peaches2
fellowes taylor12 epaulson makemoney oc247ngucz kochanie 3edcvfr4 1234567z xthtgfirf sportste integra1 bungalow thejoker pussyeater tagheuer
nikita123 muenchen annemari ironmaid george12 westcoast primetim panchito tooshort qwerty22 medicina w1w2w3w4 wargames andreas1 scooters
cuntlick handcuff leiceste chevyman hugecock psychnaut1 melbourn metalman yjdsqujl caitlin1 nikitina desperad aurelius john1234
whosyourdaddy slimed123 bretagne hotwheel roodypoo save13tx nokia3310 scott123 olivetti sysadmin hondacrx grandprix whatthefuck 1223334444
police22 toronto1 yardbird truckers scimitar pescator 12332112 qazxswed morkovka 789123456 123456789w nikolaus 1111aaaa pervasive gfhnbpfy
skeletor whitney1 delorean ishikawa morrisse 123123qwe trafford sk84life 326159487 159875321 jailbird arrowhea qwaszx123 zaxscdvf catlover
13579246 vermont1 helloyou chevyz71 stargaze parolparol kelly123 goodnews astonvilla luckyboy rocheste trigger1 pepsicola miroslav 96385274
fistfuck svetlanka lbfyjxrf 123123123q ronaldo1 pittbull gfhkfvtyn ghblehrb millerli dragon22 mulberry morrigan arhangel emachine bulldog2
redtruck casablan arschloch cachorro hemicuda sonnyboy smarties kurosaki taekwond konfetka bennett1 jackson2 octavian feyenoord muaythai
fktrcfylhjdyf 1357911q sexslave fktrcfylhjdbx 89015173454 nyknicks 12344321q evenflow tightass whiskey1 anton123 yorkshir hellothe direwolf
vaz21099 sorcerer comicbook kamehame denis123 2112rush geneviev matthew7 ironhead hot2trot stealth1 guitarra bernard1 frankfur slacking
asdasdas airforce1 123456789qaz shotgun1 pacifica toosweet 11121314 1234qwerty energize hansolo1 larry123 cnjvfnjkju antonius fcbayern
bellevue charlie9 izabella malishka rotterda 21125150 travelle hotpants garrett1 seven777 thomas01 chevy454 brazzers finalfan patricio
northsta stallone cornholi hoopster sepultura grasshop babygurl proverbs reddragon tigerwoo superdup kakaroto 123qaz123 123456qaz maria123
ghbrjkmyj makemone sammyboy 380zliki theraven elvira26 tiramisu shannara papercut johnmish mustang7 bagpipes natashka 243462536 sandy123
guderian newlife1 razorbac piazza31 puravida transam1 bubbadog eightball superboy samurai1 fuckslut colleen1 vfrcbvec q1w2e3r4t 19844891
watermel soccer15 ladybug1 abulafia tigerlil takehana bootneck wonkette bobby123 trustnoone phantasm 132465798 t34vfrc1991 grimlock longbeac
cjrjkjdf westport 541233432442 chicago2 hellbent toughguy iskander whatisit scooter2 fgjrfkbgcbc adelphia vjhrjdrf adrenali jemoeder
freedom7 firetruc gateways kusanagi centurion stalker1 ilovepor klootzak kirill123 hammers1 yingyang 4904s677075 patriot1 patrick9 redbirds
makarova epiphone blackrose primrose 1william defiant1 stairway salamand password0 007james multisync harley01 tequila1 q8zo8wzq hunter01
temporar eatmeraw mrbrownxx sycamore ganymede 1111122222 london12 diogenes 135797531 blackber falcon16 darkjedi vfhvtkfl freestyl kukuruza
marbella 44445555 bocephus hollydog gonefish amanda18 rfpfynbg spoonman harry123 tigerman cdtnjxrf marillio scribble hardhead troopers
dragon76 bassfish kasparov 19933991 eyecandy ukflbjkec halfpint 12345trewq bulldogg jesucrist flipside packers4 biteme69 silverfo knowledg
westcoas minidisc martini1 alastair rasengan superbee getalife schlampe memyself 0147896325 12345678900987654321 soccer14 realdeal bella123
celtics1 peterbilt ghbdtnbrb xcountry batman99 blablabl alhambra siemens1 assmaste dashadasha wildrose bestfriend 1234rmvb sebastien
chester2 winston2 fartripper 07831505 belochka qpwoeiruty ferrari3 numbnuts lovepussy britneys chilidog 08522580 bluerose ricardo1 013cpfza
ghbdtnghbdtn 3stooges gearhead greenbud toolshed ibill123 freelove weronika valerie1 razdvatri greenwoo rfhjkbyf buttocks aqswdefr sonechka
steeler1 nietzsch biscuit1 goodfood jledfyxbr sideshow fredderf bigwilly 12347890 12345671 fylhtqrf letitrid cthuttdyf bluearmy 10inches
dollface blacksta lexingto canadien kukushka shadow69 ppspankp free4all 2w3e4r5t painkiller hoopstar dad2ownu qwe123asd hjvfyjdf gibsonsg
duckling cuntsoup firefighter powerboo powermac 12345666 11924704 25251325 sarasota berliner guatemal seagulls chicken2 010203040506
backlash vonnegut gtxtymrf manunite lost4815162342 britney1 boondock colt1911 doma77ns anuradha rottweil fightclu birthday21 reviewpa
aassddff lakers32 melissa2 jiujitsu 12345zxcvb nokia5310 happydays 1patrick newports broncos7 harrypot cachondo pepsione usmc1775 countach
landrover cracksevi drumline a7777777 smile123 quality1 superson elaine22 webhompass mrbrownx mamasita rockport jordan12 kfvgjxrf seagrave
chelsea2 marissa1 tommygun billy123 homersim springst 111111aa westwind helpdesk annamari hopefull hhhhhhh1 mazdarx8 jennife1 gfhjkmxbr
gizmo123 sandrock positivo syncmast opensesa silicone duffbeer montagne hamburge paramedic smokeweed fabregas phantoms venom121293 manwhore
notagain rfnthbyrf wildblue kelly001 dragon66 dothedew tyler123 reddrago promethe blackshe cruzazul incognito 383pdjvl lovecraf doraemon
19877891 transpor gargamel samsung2 locoman0 154ugeiu vfvfbgfgf neveragain nokia6303 saltanat gandalf2 sinfonia vibrator 43211234 gtkmvtyb
nazareth madhouse 123123321 foxtrot1 bookmark titsnass castaway fucklove moneymaker paperboy breakers westbrom brendan1 123asd123 thisisme
welkom01 51051051051 changeit autobahn gnasher23 sherman1 qwerzxcv dragon23 art131313 cxfcnmttcnm ranger99 favorite5 skytommy abracada
102030405060 blacktop grizzly1 shemales durango1 11223344q supergirl vanyarespekt dickless srilanka nashvill 2sexy2ho jerrylee nolimit8
l8g3bkde pershing gobrowns 321456987 sailing1 gardenia sexmachine 314159265 123456789g dragon10 radioman dthyjcnm 1234567890s nataliya
perfecto aragorn1 arsenalf blackbox bullhead barbarian polaris1 frdfhbev gametime slipknot666 hfgcjlbz indianali telemark ghostrid preston1
wellcome verizon1 sayangku timeport deadlift 123qwe321 cadr14nu cortland stepanova sochi2014 bluegras orange44 marcopol deadmeat freddie1
katie123 master99 centauri pinecone aceshigh 55832811 pepsimax coldfire limaperu charmed1 michelin alphaone christof just4you starflee
jellyfis batman69 hihje863 crazyzil postov10 124578963 buckster iloveamy ohiostat nikolaeva buster11 cracker1 qwertyu1 edgewise ranger01
imissyou heathers woodduck scubadiv raffaele nikolaev dapzu455 lthgfhjkm amanda69 televisi fuckmenow mark1234 utyyflbq ready2go accessno
charger1 wtpmjgda dimensio pickles1 hellraiser 99887766 stepanov tokenbad bartende cidkid86 mooseman 12345678c bethany1 myfamily history1
lsutiger phydeaux dbrnjhjdbx drummers daisy123 tangerine billyjoe clemson1 98745632 access12 austin12 hammarby pxx3eftp greeneye satana666
rhbcnbyjxrf dallastx michaelj fastback lyudmila eagleone kimberle soccer22 review69 sunny123 lakeland striker1 qwertyu8 digiview lovetits
cellphon fortytwo roman123 12e3e456 littleman jadakiss vlad1997 xaccess2 jessica0 macarena milleniu combat123654 ilovekim avenger1 serendip
malamute letmein6 vyjujnjxbt assa1234 dixiedog gznybwf13 aq1sw2de3 hosehead teddy123 dgl70460 quicksilver tajmahal depechemode paulchen
megamanx scarecro wormwood milwauke sexlover william3 solitari murzilka qweasdzxc1 vehpbkrf 12312345 andre123 123456789x soccer17 teleport
leglover bigcocks eagleeye bentley1 bigtits1 ferrari2 onelove1 1fuckyou nastyboy mine2306 tigger69 bondage1 happyboy hardcore1 misskitt
1charlie charlie5 djgabbab darthmau rasta220 chgobndg qwerty66 followme freeman1 gtfullam chamonix friendste alligato 18821221 acun3t1x
rfhfufylf plastic1 lookatme anabolic simon123 bassline dasha123 tarheel1 xsw23edc qwerty123456789 imperator slaveboy house123 hellomoto
bladerun zzzzzzz1 take8422 fffffff1 ginuwine precious1 zigazaga johnpaul mama1234 iceman69 1thunder straycat candycan pfchfytw salvatio
23049307 jailbait dbjktnnf zaratustra waterpol pentium1 rosebowl steinway another1 chinacat qqqqqqq1 devilmaycry4 pullings qw12er34 celestia
fortune12 danthema vfrfhjys chimaera pennywise sokrates spyglass esperanz matematika poiu0987 courtney1 fktyjxrf summer06 devildriver
foucault choclate rjdfktyrj efbcapa201 pepsicol beszoptad intheass iseedeadpeople 89231243658s farside1 55556666 costarica 134679258
nolimit9 michael6 12monkey redgreen good12345 acidrain studmuff allalone smith123 memphis1 dfcbkmtd arachnid antonell christos ohiostate
cdznjckfd superdog jacqueli maplelea zxcvbnmm falcons1 charlie6 19391945 dragon21 dirtyboy love4ever thunder2 bubblegu 123456789qqq realtime
studio54 sunghile summer05 ranger21 sugarbea principe cheerios karaganda
`;

/** Refused at registration, without regard to case: the caller lower-cases. */
export const commonPasswords: ReadonlySet<string> = new Set(list.trim().split(/\s+/));
