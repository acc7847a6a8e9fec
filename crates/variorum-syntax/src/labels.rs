//! The names of what can be said of a token, a tie between two, and a name.

/// Makes an enum whose values have the names of the data files.
macro_rules! named {
    ($(#[$doc:meta])* pub enum $kind:ident { $($(#[$about:meta])* $value:ident = $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $kind {
            $($(#[$about])* $value,)*
        }

        impl $kind {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$value),*];

            /// Returns the name of the value as the literature writes it.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$value => $name,)*
                }
            }

            /// Returns the value of a name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }
    };
}

named! {
    /// A part of speech after the Penn Treebank, as OntoNotes 5 writes it.
    pub enum Tag {
        /// A currency sign.
        Dollar = "$",
        /// A closing quotation mark.
        CloseQuote = "''",
        /// A comma.
        Comma = ",",
        /// An opening bracket.
        OpenBracket = "-LRB-",
        /// A closing bracket.
        CloseBracket = "-RRB-",
        /// An end of a sentence.
        Stop = ".",
        /// A colon, semicolon, dash or dots.
        Colon = ":",
        /// An address of the web or of mail.
        Add = "ADD",
        /// An affix that stands alone.
        Afx = "AFX",
        /// A coordinating conjunction.
        Cc = "CC",
        /// A cardinal number.
        Cd = "CD",
        /// A determiner.
        Dt = "DT",
        /// Existential "there".
        Ex = "EX",
        /// A foreign word.
        Fw = "FW",
        /// A hyphen between parts of a word.
        Hyph = "HYPH",
        /// A preposition or subordinating conjunction.
        In = "IN",
        /// An adjective.
        Jj = "JJ",
        /// An adjective, comparative.
        Jjr = "JJR",
        /// An adjective, superlative.
        Jjs = "JJS",
        /// A mark of a list.
        Ls = "LS",
        /// A modal verb.
        Md = "MD",
        /// Superfluous punctuation.
        Nfp = "NFP",
        /// A noun, singular or mass.
        Nn = "NN",
        /// A proper noun, singular.
        Nnp = "NNP",
        /// A proper noun, plural.
        Nnps = "NNPS",
        /// A noun, plural.
        Nns = "NNS",
        /// A predeterminer.
        Pdt = "PDT",
        /// A possessive ending.
        Pos = "POS",
        /// A personal pronoun.
        Prp = "PRP",
        /// A possessive pronoun.
        PrpS = "PRP$",
        /// An adverb.
        Rb = "RB",
        /// An adverb, comparative.
        Rbr = "RBR",
        /// An adverb, superlative.
        Rbs = "RBS",
        /// A particle.
        Rp = "RP",
        /// A symbol.
        Sym = "SYM",
        /// The infinitival "to".
        To = "TO",
        /// An interjection.
        Uh = "UH",
        /// A verb, base form.
        Vb = "VB",
        /// A verb, past tense.
        Vbd = "VBD",
        /// A verb, gerund or present participle.
        Vbg = "VBG",
        /// A verb, past participle.
        Vbn = "VBN",
        /// A verb, present, not third person singular.
        Vbp = "VBP",
        /// A verb, present, third person singular.
        Vbz = "VBZ",
        /// A wh-determiner.
        Wdt = "WDT",
        /// A wh-pronoun.
        Wp = "WP",
        /// A possessive wh-pronoun.
        WpS = "WP$",
        /// A wh-adverb.
        Wrb = "WRB",
        /// Unknown.
        Xx = "XX",
        /// White space.
        Sp = "_SP",
        /// An opening quotation mark.
        OpenQuote = "``",
    }
}

named! {
    /// A part of speech after Universal Dependencies.
    pub enum Coarse {
        /// An adjective.
        Adjective = "ADJ",
        /// A preposition or particle.
        Adposition = "ADP",
        /// An adverb.
        Adverb = "ADV",
        /// An auxiliary or modal verb, a copula.
        Auxiliary = "AUX",
        /// A coordinating conjunction.
        Conjunction = "CCONJ",
        /// A determiner.
        Determiner = "DET",
        /// An interjection.
        Interjection = "INTJ",
        /// A noun.
        Noun = "NOUN",
        /// A number.
        Number = "NUM",
        /// A possessive ending, a negation or "to".
        Particle = "PART",
        /// A pronoun.
        Pronoun = "PRON",
        /// A proper noun.
        ProperNoun = "PROPN",
        /// A punctuation mark.
        Punctuation = "PUNCT",
        /// A subordinating conjunction.
        Subordinator = "SCONJ",
        /// White space.
        Space = "SPACE",
        /// A symbol.
        Symbol = "SYM",
        /// A verb.
        Verb = "VERB",
        /// Anything else.
        Other = "X",
    }
}

named! {
    /// What a token is to its head, after the ClearNLP dependencies.
    pub enum Label {
        /// The head of a sentence.
        Root = "ROOT",
        /// A clause that modifies a noun.
        Acl = "acl",
        /// An adjective as complement.
        Acomp = "acomp",
        /// An adverbial clause.
        Advcl = "advcl",
        /// An adverb.
        Advmod = "advmod",
        /// The "by" of a passive verb.
        Agent = "agent",
        /// An adjective before its noun.
        Amod = "amod",
        /// An apposition.
        Appos = "appos",
        /// A predicate noun after a copula.
        Attr = "attr",
        /// An auxiliary verb.
        Aux = "aux",
        /// An auxiliary verb of a passive.
        Auxpass = "auxpass",
        /// A case marker, the possessive "'s".
        Case = "case",
        /// A coordinating conjunction.
        Cc = "cc",
        /// A clause as object, with a subject of its own.
        Ccomp = "ccomp",
        /// A noun before its noun, part of a name or number.
        Compound = "compound",
        /// A conjunct.
        Conj = "conj",
        /// A clause as subject.
        Csubj = "csubj",
        /// A clause as subject of a passive.
        Csubjpass = "csubjpass",
        /// An indirect object.
        Dative = "dative",
        /// Something not told.
        Dep = "dep",
        /// A determiner.
        Det = "det",
        /// A direct object.
        Dobj = "dobj",
        /// An expletive "there".
        Expl = "expl",
        /// An interjection.
        Intj = "intj",
        /// A word that opens a subordinate clause.
        Mark = "mark",
        /// A remark outside the clause.
        Meta = "meta",
        /// A negation.
        Neg = "neg",
        /// A modifier of a noun.
        Nmod = "nmod",
        /// A noun phrase as adverb.
        Npadvmod = "npadvmod",
        /// A subject.
        Nsubj = "nsubj",
        /// A subject of a passive.
        Nsubjpass = "nsubjpass",
        /// A number before its noun.
        Nummod = "nummod",
        /// A complement of the object.
        Oprd = "oprd",
        /// A clause beside the clause.
        Parataxis = "parataxis",
        /// A clause after a preposition.
        Pcomp = "pcomp",
        /// The object of a preposition.
        Pobj = "pobj",
        /// A possessor.
        Poss = "poss",
        /// The first half of a double conjunction.
        Preconj = "preconj",
        /// A predeterminer.
        Predet = "predet",
        /// A preposition.
        Prep = "prep",
        /// A particle of a verb.
        Prt = "prt",
        /// A punctuation mark.
        Punct = "punct",
        /// A modifier of a number.
        Quantmod = "quantmod",
        /// A relative clause.
        Relcl = "relcl",
        /// A clause as complement, without a subject of its own.
        Xcomp = "xcomp",
    }
}

named! {
    /// What a name names, after OntoNotes 5.
    pub enum NameKind {
        /// A person.
        Person = "PERSON",
        /// A nationality, religion or party.
        Norp = "NORP",
        /// A building, road or bridge.
        Fac = "FAC",
        /// A company, agency or institution.
        Org = "ORG",
        /// A country, city or state.
        Gpe = "GPE",
        /// Another place: a mountain range, a sea.
        Loc = "LOC",
        /// A vehicle, weapon or food.
        Product = "PRODUCT",
        /// A named storm, battle or match.
        Event = "EVENT",
        /// A title of a book, song or film.
        WorkOfArt = "WORK_OF_ART",
        /// A named law or treaty.
        Law = "LAW",
        /// A language.
        Language = "LANGUAGE",
        /// A date or period of a day or more.
        Date = "DATE",
        /// A time shorter than a day.
        Time = "TIME",
        /// A percentage.
        Percent = "PERCENT",
        /// An amount of money.
        Money = "MONEY",
        /// A measure of weight or distance.
        Quantity = "QUANTITY",
        /// "First", "second".
        Ordinal = "ORDINAL",
        /// Another number.
        Cardinal = "CARDINAL",
    }
}
