import type { Messages } from "./messages.js";

/** Used all over. */
export const common = {
  save: ["Save", "Enregistrer"],
  cancel: ["Cancel", "Annuler"],
  close: ["Close", "Fermer"],
  delete: ["Delete", "Supprimer"],
  edit: ["Edit", "Modifier"],
  all: ["All", "Tous"],
  actions: ["Actions", "Actions"],
  copy: ["Copy", "Copier"],
  copied: ["Copied", "Copié"],
  loading: ["Loading…", "Chargement…"],
  loadMore: ["Load more", "Charger la suite"],
  retry: ["Try again", "Réessayer"],
  plans: ["Plans", "Plans"],
  upgrade: ["Upgrade to activate", "Mettez à niveau pour activer"],
  upgradeNeeded: [
    "Your plan {{current}} does not include this. It needs {{required}}.",
    "Votre plan {{current}} ne comprend pas cette fonction. Il faut le plan {{required}}.",
  ],
  upgradeNowhere: [
    "Your plan {{current}} does not include this.",
    "Votre plan {{current}} ne comprend pas cette fonction.",
  ],
  readOnly: [
    "You are signed in with a key that may only read.",
    "Vous êtes connecté avec une clé qui ne permet que la lecture.",
  ],
  technicalDocumentation: ["Technical documentation", "Documentation technique"],
  developerNotice: [
    "Needs advanced coding skills: you may want to send this to your API developer",
    "Demande des compétences avancées en programmation : vous pouvez l'envoyer à votre développeur API",
  ],
  copyLink: ["Copy the link", "Copier le lien"],
  unreachable: [
    "The server cannot be reached. What you typed is kept.",
    "Le serveur est injoignable. Ce que vous avez saisi est conservé.",
  ],
  nextTry_one: ["Next try in {{count}} second.", "Prochain essai dans {{count}} seconde."],
  nextTry_other: ["Next try in {{count}} seconds.", "Prochain essai dans {{count}} secondes."],
  trying: ["Trying now…", "Essai en cours…"],
  notFound: ["There is nothing here.", "Il n'y a rien ici."],
  notFoundHelp: [
    "It may have been deleted, or belong to another workspace.",
    "L'élément a peut-être été supprimé, ou appartient à un autre espace de travail.",
  ],
  failed: ["That did not work", "Cela n'a pas fonctionné"],
  requestId: ["Request {{id}}", "Requête {{id}}"],
  changedMeanwhile: [
    "Somebody else changed this meanwhile. What you typed is kept.",
    "Quelqu'un d'autre l'a modifié entre-temps. Ce que vous avez saisi est conservé.",
  ],
  saveOver: ["Save mine over it", "Enregistrer ma version par-dessus"],
  leaveUnsaved: ["Leave without saving what you typed?", "Quitter sans enregistrer ce que vous avez saisi ?"],
  never: ["Never", "Jamais"],
  name: ["Name", "Nom"],
  status: ["Status", "Statut"],
  action: ["Action", "Action"],
} as const satisfies Messages;
