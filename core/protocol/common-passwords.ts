// The passwords of eight characters and more that leaks show most often, in lower case; shorter ones are refused by their length.
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
`;

/** Refused at registration, without regard to case: the caller lower-cases. */
export const commonPasswords: ReadonlySet<string> = new Set(list.trim().split(/\s+/));
